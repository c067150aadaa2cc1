"""Nobody is named in what everybody reads: neither a guest nor a note-taker, no address, no number."""

import re

from faubourg.base.text import fold
from faubourg.rules.verdict import Verdict, mark

from ..models import Walk

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33\s?|0)[1-9](?:[ .\-]?\d{2}){4}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
# A shorter word is an initial or a particle.
SHORTEST = 3


def names_of(walk: Walk) -> set[str]:
    """Everybody who was invited or took notes, as they are named."""
    guests = walk.guests.exclude(name="").values_list("name", flat=True)
    takers = walk.observations.exclude(taken_by_name="").values_list("taken_by_name", flat=True)
    return {*guests, *takers}


def judge_public_words(walk: Walk, text: str, field: str) -> Verdict:
    """Yes, or the name, the address or the number that has to go from this field."""
    if not text.strip():
        return Verdict.yes()
    if _ADDRESS.search(text) or _TELEPHONE.search(text):
        sentence = mark("Ce texte sera public : enlevez l’adresse électronique ou le numéro de téléphone.")
        return Verdict.no(field, sentence)
    named = next((name for name in sorted(names_of(walk)) if is_named(name, text)), None)
    if named is None:
        return Verdict.yes()
    sentence = mark(
        "Ce texte sera public, et nomme quelqu’un de la marche ({name}) : dites-le sans le nommer."
    )
    return Verdict.no(field, sentence, name=named)


def is_named(name: str, text: str) -> bool:
    """Whether a text has the whole name in any order, or one of its words where it can only be a name.

    A capital inside a sentence is a name; at its beginning it may be a word: « Petit » is not refused there.
    """
    parts = [part for part in fold(name).split() if len(part) >= SHORTEST]
    words = set(fold(text).split())
    if len(parts) > 1 and words.issuperset(parts):
        return True
    capitals = {
        fold(found.group())
        for found in _WORD.finditer(text)
        if found.group()[0].isupper() and not _begins(text, found.start())
    }
    return any(part in capitals for part in parts)


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t«“\"’'\u00a0\u202f(–-")
    return not before or before[-1] in ".!?:;…\n"
