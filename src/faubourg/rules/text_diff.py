"""The difference between two texts, word by word, so that an amendment shows what it changes.

Lines are matched first, words inside the lines that changed: a long text stays quick, and joined back the
pieces give both texts to the letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Beyond so many pairs of words, a changed passage is shown whole: removed, then added.
MOST_PAIRS = 1_000_000
_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both sides hold, or one of them."""

    kind: Kind
    text: str


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order; `same` and `removed` give `before`, `same` and `added` give `after`."""
    return tuple(_joined(_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))))


def is_changed(pieces: tuple[Piece, ...]) -> bool:
    """Whether anything differs at all."""
    return any(piece.kind != "same" for piece in pieces)


def _lines(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[start:end]), "".join(after[first:last])
        if tag == "equal":
            yield Piece("same", gone)
        else:
            yield from _words(gone, come)


def _words(gone: str, come: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(gone), _WORDS.findall(come)
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        yield from (Piece("removed", gone), Piece("added", come))
        return
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[start:end]))
        else:
            yield from (Piece("removed", "".join(old[start:end])), Piece("added", "".join(new[first:last])))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind become one piece, empty ones go."""
    held: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if held and held.kind == piece.kind:
            held = Piece(held.kind, held.text + piece.text)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held
