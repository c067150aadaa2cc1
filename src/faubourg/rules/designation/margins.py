"""How far an operand stands from its threshold: what would have to change for the answer to change."""

from dataclasses import dataclass

from ..verdict import Reason, mark
from .thresholds import HUNDRED, MIN_URBAN_UNIT

# The smallest operand that qualifies once rounded up to the hundred: 9,901 for 10,000.
FIRST_ROUNDED_UP = MIN_URBAN_UNIT - HUNDRED + 1


@dataclass(frozen=True, slots=True)
class Margin:
    """`gap` is what separates from the other answer, never negative, in `unit` of the sentence.

    `share` is the operand over its threshold, for a drawing; `said` the gap in words.
    """

    gap: float
    share: float
    said: Reason


_SENTENCES = {
    ("unit", True): mark(
        "{gap} hab. au-dessus de {bound}, le plus petit nombre qui s’arrondit à {threshold}."
    ),
    ("unit", False): mark(
        "Il manque {gap} hab. pour atteindre {bound}, le plus petit nombre qui s’arrondit à {threshold}."
    ),
    ("people", True): mark("{gap} hab. au-dessus du minimum de {bound}."),
    ("people", False): mark("Il manque {gap} hab. pour atteindre {bound}."),
    ("density", True): mark("{gap} hab. au km² au-dessus du minimum de {bound}."),
    ("density", False): mark("Il manque {gap} hab. au km² pour atteindre {bound}."),
    ("income", True): mark("{gap} € sous le seuil de {bound} €."),
    ("income", False): mark("{gap} € de trop : il faut moins de {bound} €."),
}


def margin(reason: Reason) -> Margin | None:
    """The distance of one criterion; None when an operand or a threshold is unknown, or is not a number."""
    if not _is_number(reason.threshold) or not _is_number(reason.operand) or not reason.decides:
        return None
    operand, threshold = float(str(reason.operand)), float(str(reason.threshold))
    rounded = reason.code.startswith("urban-unit")
    unit = "unit" if rounded else reason.code if reason.code in ("income", "density") else "people"
    # The strict « below » of the income, and the rounding of the urban unit, move the bound.
    bound = FIRST_ROUNDED_UP if rounded else threshold
    enough = operand < bound if unit == "income" else operand >= bound
    gap = abs(operand - bound)
    params = {"gap": _plain(gap), "bound": _plain(bound), "threshold": _plain(threshold)}
    said = Reason(reason.code, enough, _SENTENCES[unit, enough], params, threshold, operand)
    return Margin(gap, operand / threshold, said)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 1)
