"""Folding: the one form of a text under which it is sorted and found, the same on both databases."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, no accent, no ligature, other signs one space: « L'Haÿ-les-Roses » → `l hay les roses`."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", bare.lower()).strip()


def sort_key(text: str) -> str:
    """French dictionary order, stored beside each name: no database collation or system locale is needed.

    The folded text first, then the text itself so that two names that fold alike keep one order.
    """
    return f"{fold(text)} ~{text}"[:300]
