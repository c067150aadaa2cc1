"""Folding: the one form of a text under which it is sorted and found, the same on both databases.

And `printable`: a text without the signs that nobody types and that files, pages and databases choke on.
"""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'"})
# C0 but for tab and line ends, DEL, C1, what overrides the direction of a line, surrogates, non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, no accent, no ligature, other signs one space: « L'Haÿ-les-Roses » → `l hay les roses`."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", bare.lower()).strip()


def printable(text: str) -> str:
    """The text without control signs (tabs and line ends stay) nor signs that turn a line around."""
    return _UNPRINTABLE.sub("", text)


def sort_key(text: str) -> str:
    """French dictionary order, stored beside each name: no database collation or system locale is needed.

    The folded text first, then the text itself so that two names that fold alike keep one order.
    """
    return f"{fold(text)} ~{text}"[:300]
