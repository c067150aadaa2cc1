"""What the simulator starts from: the published facts of a neighbourhood, the population of an urban unit."""

from dataclasses import dataclass
from datetime import date

from faubourg.base import search

from ..models import Figure, Territory
from .designation import TOTAL, Designation, day_of_judgement, designation_of
from .places import place_at, place_meant_by
from .thread import perimeters_of

Kind = Territory.Kind
MOST_UNITS = 8


@dataclass(frozen=True, slots=True)
class UnitFound:
    """An urban unit and its total population, None when it is not published."""

    unit: Territory
    population: int | None


def neighbourhood_meant(code: str) -> Territory | None:
    """The neighbourhood of this code, of an older one, or of the same in lower case."""
    return place_at(Kind.NEIGHBOURHOOD, code) or place_meant_by(Kind.NEIGHBOURHOOD, code)


def published(neighbourhood: Territory, today: date) -> Designation:
    """What is published of it, judged on the first day of its list."""
    on = day_of_judgement(list(perimeters_of(neighbourhood)), today)
    return designation_of(neighbourhood, on=on)


def units_meant(typed: str) -> list[UnitFound]:
    """The urban units of this code or name, the likeliest first, at most eight."""
    tidy = typed.strip()
    if not tidy:
        return []
    codes = [tidy.upper()]
    if not Territory.objects.filter(kind=Kind.URBAN_UNIT, code=codes[0]).exists():
        codes = [hit.ref for hit in search.find(tidy, kinds=[str(Kind.URBAN_UNIT)], limit=MOST_UNITS)]
    units = Territory.objects.filter(kind=Kind.URBAN_UNIT, code__in=codes)
    people = dict(
        Figure.objects.filter(
            territory__in=units, indicator=TOTAL, withdrawn_at__isnull=True, value__isnull=False
        ).values_list("territory", "value")
    )
    found = [UnitFound(unit, int(people[unit.pk] or 0) if unit.pk in people else None) for unit in units]
    return sorted(found, key=lambda one: codes.index(one.unit.code))
