"""What a name or a vintage may be written with: signs that deceive the eye are refused."""

import unicodedata

from .verdict import Verdict, mark

# They turn the order of what follows: a name may then read as another one.
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def plain_text(text: str) -> Verdict:
    """Yes, or why not: a sign that turns the reading order, or digits of another script (« ١٢ »).

    >>> plain_text("RP 2021").ok
    True
    """
    if any(sign in _TURNING for sign in text):
        return Verdict.no(
            "not_plain",
            mark("Ce texte contient un signe invisible qui change le sens de lecture : retapez-le."),
        )
    if any(unicodedata.category(sign) == "Nd" and not sign.isascii() for sign in text):
        return Verdict.no("not_plain", mark("Écrivez les nombres avec les chiffres de 0 à 9."))
    return Verdict.yes()
