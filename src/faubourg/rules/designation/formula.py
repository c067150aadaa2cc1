"""The income ceiling S step by step: the words of the formula, its numbers, its rounding."""

from dataclasses import dataclass
from decimal import Decimal

from ..verdict import Reason, mark
from .facts import Facts, Geography
from .statute import OVERSEAS_REPLACED
from .thresholds import GREAT_URBAN_UNIT, income_ceiling, overseas_income_ceiling

# A weight, and the median that it weighs, in euros.
Weighted = tuple[Decimal, int]
_HEAVY, _LIGHT, _SHARE = Decimal("0.7"), Decimal("0.3"), Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Formula:
    """S in euros, before (`exact`) and after rounding, in words and in numbers."""

    ceiling: int
    exact: Decimal
    words: Reason
    numbers: Reason


def formula(facts: Facts) -> Formula | None:
    """How S is reached; None when a median is missing or when the text in force has no such ceiling."""
    if facts.geography is Geography.HEXAGON:
        return _hexagon(facts)
    if facts.geography is Geography.OVERSEAS and facts.judged_on < OVERSEAS_REPLACED:
        return _overseas(facts)
    return None


def _hexagon(facts: Facts) -> Formula | None:
    national, unit, people = facts.national_median, facts.urban_unit_median, facts.urban_unit_population
    if national is None or unit is None or people is None:
        return None
    great = people >= GREAT_URBAN_UNIT
    words = (
        mark(
            "60 % de 30 % du revenu médian national et de 70 % de celui de l’unité urbaine (elle atteint "
            "{great} d’habitants), arrondis à la centaine d’euros supérieure."
        )
        if great
        else mark(
            "60 % de 70 % du revenu médian national et de 30 % de celui de l’unité urbaine, arrondis à la "
            "centaine d’euros supérieure."
        )
    )
    ceiling = income_ceiling(national=national, urban_unit=unit, great=great)
    first, second = (_LIGHT, _HEAVY) if great else (_HEAVY, _LIGHT)
    return _told(words, (first, national), (second, unit), ceiling)


def _overseas(facts: Facts) -> Formula | None:
    metropolitan, departement = facts.metropolitan_median, facts.departement_median
    if metropolitan is None or departement is None:
        return None
    words = mark(
        "60 % de 30 % du revenu médian de la métropole et de 70 % de celui du département, arrondis à la "
        "centaine d’euros supérieure."
    )
    ceiling = overseas_income_ceiling(metropolitan=metropolitan, departement=departement)
    return _told(words, (_LIGHT, metropolitan), (_HEAVY, departement), ceiling)


def _told(words: str, one_term: Weighted, other_term: Weighted, ceiling: int) -> Formula:
    (first, one), (second, other) = one_term, other_term
    exact = (_SHARE * (first * one + second * other)).quantize(Decimal("0.01"))
    numbers = mark("{share} × ({first} × {one} + {second} × {other}) = {exact} €, soit S = {ceiling} €.")
    params = {
        "share": _SHARE,
        "first": first,
        "one": one,
        "second": second,
        "other": other,
        "exact": exact,
        "ceiling": ceiling,
    }
    millions = {"great": mark("5 millions")}
    return Formula(
        ceiling, exact, Reason("words", True, words, millions), Reason("numbers", True, numbers, params)
    )
