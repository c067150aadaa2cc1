"""When two names say the same place, and how a name printed in capitals reads in French.

Callers give folded words (lower case, no accent); the rules here only decide about words.
"""

import re
from enum import Enum

_LEGAL_FORMS = frozenset(
    [
        "ca",
        "cc",
        "cu",
        "san",
        "mel",
        "met",
        "metropole",
        "communaute",
        "communautes",
        "agglomeration",
        "agglo",
        "urbaine",
        "commune",
        "communes",
        "intercommunalite",
        "pays",
    ]
)
_LINKS = frozenset(
    ["d", "de", "du", "des", "la", "le", "les", "l", "en", "et", "a", "au", "aux", "sur", "sous", "s"]
)
_PARTICLES = frozenset(
    {"De", "Du", "Des", "Et", "En", "Sur", "Sous", "Au", "Aux", "À", "Lès", "Les", "La", "Le"}
)
_ARTICLES = frozenset({"Les", "La", "Le"})
_BEFORE_ARTICLE = frozenset({"de", "et", "sur", "sous", "à", "en"})
_SEGMENT_START = re.compile(r"^\W+$")


class Likeness(Enum):
    """How two names of neighbourhoods of one commune compare."""

    SAME = "same"
    CONTAINED = "contained"
    OTHER = "other"


def group_words(folded: str) -> frozenset[str]:
    """The words that tell one intercommunalité from another: legal form and link words left out."""
    words = re.sub(r"\bst\b", "saint", folded).split()
    return frozenset(word for word in words if word not in _LEGAL_FORMS and word not in _LINKS)


def likeness(one: str, other: str) -> Likeness:
    """Same folded name, or every telling word of one found in the other, or neither."""
    if one == other:
        return Likeness.SAME
    first, second = (frozenset(name.split()) - _LINKS for name in (one, other))
    if first and second and (first <= second or second <= first):
        return Likeness.CONTAINED
    return Likeness.OTHER


def readable(printed: str) -> str:
    """French capitals: « Fontaine Du Bac » → « Fontaine du Bac », « Clos D'Orville » → « Clos d'Orville ».

    Only link words inside a segment change; a segment begins at the name, at a dash or at a slash.
    """
    read: list[str] = []
    for word in printed.split(" "):
        starts = not read or bool(_SEGMENT_START.match(read[-1])) or read[-1].endswith((",", "/", "-", "("))
        read.append(word if starts else _lowered(word, read[-1]))
    return " ".join(read)


def _lowered(word: str, before: str) -> str:
    if word in _ARTICLES:
        return word.lower() if before in _BEFORE_ARTICLE else word
    if word in _PARTICLES:
        return word.lower()
    if word.startswith(("D'", "D’")):
        return f"d{word[1:]}"
    if word.startswith(("L'", "L’")) and before in _BEFORE_ARTICLE:
        return f"l{word[1:]}"
    return word
