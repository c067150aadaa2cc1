"""How well each object of a segment answers a query, in whole numbers, the same on every machine.

A word counts most as a code, then a name, another name, a place, a text; most when it is exact, less when it
is only begun, less again when an error was forgiven. Objects that answer more words come first.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faubourg.base.models import SearchTerm

from .kinds import kind_named
from .segment import JOINED, STEM, WHOLE, Segment
from .words import MINOR, squeezed, stem, telling, words

LONGEST_QUERY, MOST_WORDS = 200, 10
Field = SearchTerm.Field
_FIELD = np.zeros(8, dtype=np.int32)
_FIELD[[Field.NAME, Field.CODE, Field.ALIAS, Field.PLACE, Field.TEXT]] = [100, 130, 92, 45, 25]
_NAMING = np.zeros(8, dtype=bool)
_NAMING[[Field.NAME, Field.CODE, Field.ALIAS]] = True
EXACT, BEGUN, ONE_ERROR, TWO_ERRORS = 100, 80, 74, 44
_COVERED, _SAME_TITLE, _FIRST, _SAME_JOINED, _BEGINS, _OWN_CODE = 60, 20, 500, 120, 30, 50

Scores = NDArray[np.int32]


@dataclass(frozen=True)
class Query:
    """What was typed, cut to a size that is fair to everybody."""

    typed: str

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        return words(self.typed[:LONGEST_QUERY].replace("\0", " "))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return telling(self.all_words)[:MOST_WORDS]

    @cached_property
    def whole(self) -> str:
        return " ".join(self.all_words)

    @cached_property
    def joined(self) -> str:
        return squeezed(self.all_words)


@dataclass
class Answers:
    """Per slot of one segment: words answered, those answered without error, score, title wholly named."""

    matched: Scores
    sure: Scores
    score: Scores
    covered: NDArray[np.bool_]


def answer(segment: Segment, query: Query) -> Answers:
    """Scores every object of the segment."""
    size = len(segment.alive)
    matched, sure, total, named = (np.zeros(size, dtype=np.int32) for _ in range(4))
    for position, word in enumerate(query.words):
        best, naming, certain = _word(segment, word, last=position == len(query.words) - 1)
        matched += best > 0
        sure += certain
        named += naming
        total += best
    covered = named >= segment.title_words
    total += _COVERED * np.minimum(named, segment.title_words) // segment.title_words
    # Spelling before fame: a large town counts twice as much when no error had to be forgiven.
    total += segment.fame * np.where(sure >= len(query.words), 2, 1) - segment.distance
    _whole_titles(segment, query, Answers(matched, sure, total, covered))
    alive = segment.alive
    return Answers(matched * alive, sure * alive, total * alive, covered & alive)


def _word(segment: Segment, word: str, *, last: bool) -> tuple[Scores, NDArray[np.bool_], NDArray[np.bool_]]:
    """(best score, answered by a name, answered without error) per slot, for one word of the query."""
    size = len(segment.alive)
    best = np.zeros(size, dtype=np.int32)
    naming, sure = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    spans = [(segment.exactly(word), EXACT), (segment.exactly(STEM + stem(word)), EXACT)]
    if last and len(word) > 1:
        spans.append((segment.beginning(word), BEGUN))
    errors = {1: ONE_ERROR, 2: TWO_ERRORS}
    spans += [(segment.span(index), errors[far]) for index, far in segment.close_to(word)]
    for span, quality in spans:
        if span.start == span.stop:
            continue
        slots, fields = segment.read(span)
        np.maximum.at(best, slots, _FIELD[fields] * quality // 100)
        naming[slots[_NAMING[fields]]] = True
        if quality >= BEGUN:
            sure[slots] = True
    return best, naming, sure


def _whole_titles(segment: Segment, query: Query, so_far: Answers) -> None:
    """Lifts objects whose title is the query, begins with it, or is the query without its spaces."""
    if not query.words:
        return
    wanted = len(query.words)

    def lift(span: slice, by: int, *, sure: bool) -> list[int]:
        slots = np.unique(segment.read(span)[0])
        so_far.matched[slots] = wanted
        so_far.score[slots] += by
        so_far.covered[slots] = True
        if sure:
            so_far.sure[slots] = wanted
        return [int(slot) for slot in slots]

    same = lift(segment.exactly(WHOLE + query.whole), _SAME_TITLE, sure=True)
    # A query that is a name puts the commune before its contract, its EPCI and its neighbourhood; among
    # the others a large town whose name only begins so may pass before a hamlet of that very name.
    for order, slot in sorted((kind_named(segment.kinds[slot]).order, slot) for slot in same)[:1]:
        so_far.score[slot] += _FIRST - min(99, order)
    if query.whole not in MINOR:
        started, _ = segment.read(segment.beginning(WHOLE + query.whole + " "))
        so_far.score[started] += _BEGINS
    codes, fields = segment.read(segment.exactly(query.joined))
    for slot in codes[fields == Field.CODE]:
        # Its own code before a code that it shares, such as a postal code.
        so_far.score[slot] += _OWN_CODE * (segment.own_code(int(slot)) == query.joined)
    if len(query.joined) > 3:
        lift(segment.exactly(JOINED + query.joined), _SAME_JOINED, sure=True)
        lift(
            segment.exactly(query.joined) if len(query.all_words) > 1 else slice(0, 0),
            _SAME_JOINED,
            sure=True,
        )
        for index, far in segment.close_to(query.joined, JOINED):
            lift(segment.span(index), _SAME_JOINED // (2 * far), sure=False)
