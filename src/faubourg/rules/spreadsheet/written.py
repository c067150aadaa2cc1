"""Numbers as people write them in French spreadsheets; a doubtful one is never guessed."""

import re
from decimal import Decimal

from ..verdict import Reason, mark

SUFFIXES = {
    "people": ("habitants", "habitant", "hab.", "hab", "personnes", "pers."),
    "percent": ("%", "pourcent", "pour cent"),
    "euro": ("€", "euros", "eur"),
    "fte": ("etp",),
}
_SCALED = re.compile(r"^(k€|m€|md€|millions?|milliers?|milliards?|k|m)$")
_NARROW = re.compile(r"[\u00a0\u202f\u2009’']")
_FRENCH = re.compile(r"^[-+]?\d+(,\d+)?$")
_DOTTED = re.compile(r"^[-+]?(\d+)\.(\d+)$")
_GROUPED_DOTS = re.compile(r"^[-+]?\d{1,3}(\.\d{3})+,\d+$|^[-+]?\d{1,3}(\.\d{3}){2,}$")
_GROUPED_COMMAS = re.compile(r"^[-+]?\d{1,3}(,\d{3})+\.\d+$|^[-+]?\d{1,3}(,\d{3}){2,}$")
_SPACED = re.compile(r"^[-+]? ?\d{1,3}( \d{3})+([.,]\d+)?$")

NOT_A_NUMBER = mark("« {text} » n’est pas un nombre. Écrivez par exemple 1 234,5, « s » ou « n.d. ».")


def wrong(code: str, template: str, **params: object) -> Reason:
    """What is wrong in a cell, and what to write instead."""
    return Reason(code=code, met=False, template=template, params=params)


def without_unit(text: str, unit: str) -> tuple[str, Reason | None]:
    """The number without the unit written behind it; another unit than the indicator's is wrong."""
    low = _NARROW.sub(" ", text.lower())
    tail = re.sub(r"^[-+\d\s.,]*", "", low).strip()
    if _SCALED.match(tail):
        return text, wrong(
            "scaled",
            mark("« {text} » est un nombre abrégé. Écrivez-le en entier (« 12 k€ » devient 12 000)."),
            text=text,
        )
    for suffix in SUFFIXES.get(unit, ()):
        if low.endswith(suffix):
            return text[: len(text) - len(suffix)].strip(), None
    if tail == low.strip():
        return text, None
    if tail == "%":
        return text, wrong(
            "percent-elsewhere",
            mark(
                "« {text} » est un pourcentage, mais cet indicateur ne se compte pas en %. Donnez le "
                "nombre, ou choisissez l’indicateur du taux."
            ),
            text=text,
        )
    if tail in SUFFIXES["euro"]:
        return text, wrong(
            "euro-elsewhere",
            mark("« {text} » est une somme, mais cet indicateur ne se compte pas en euros."),
            text=text,
        )
    return text, None


def read_number(text: str) -> tuple[Decimal | None, Reason | None]:
    """« 1 234,5 », « 1234.5 », « 1.234,5 », « 1,234.5 », « −3 »; « 1.234 » alone is doubtful and refused."""
    tidy = _NARROW.sub(" ", text).strip().replace("−", "-")
    if " " in tidy:
        if not _SPACED.match(tidy):
            return None, _badly_spaced(tidy)
        return Decimal(tidy.replace(" ", "").replace(",", ".")), None
    if _FRENCH.match(tidy):
        return Decimal(tidy.replace(",", ".")), None
    if _GROUPED_DOTS.match(tidy):
        return Decimal(tidy.replace(".", "").replace(",", ".")), None
    if _GROUPED_COMMAS.match(tidy):
        return Decimal(tidy.replace(",", "")), None
    return _dotted(tidy)


def _dotted(tidy: str) -> tuple[Decimal | None, Reason | None]:
    found = _DOTTED.match(tidy)
    if not found:
        return None, wrong("not-a-number", NOT_A_NUMBER, text=tidy[:60])
    whole, fraction = found.groups()
    if len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        return None, wrong(
            "doubtful-dot",
            mark("« {text} » se lit de deux façons. Écrivez {thousand} ou {decimal}."),
            text=tidy,
            thousand=whole + fraction,
            decimal=f"{whole},{fraction}",
        )
    return Decimal(tidy), None


def _badly_spaced(tidy: str) -> Reason:
    if re.fullmatch(r"[-+\d .,]+", tidy):
        return wrong(
            "badly-grouped",
            mark("« {text} » : les chiffres ne sont pas groupés par trois. Écrivez par exemple 12 345."),
            text=tidy[:60],
        )
    return wrong("not-a-number", NOT_A_NUMBER, text=tidy[:60])
