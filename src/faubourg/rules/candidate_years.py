"""Of which year is « mi-avril »? The possible ones, set beside the period for which something is owed.

Nothing is chosen here: somebody chooses, and says why.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .imprecise_dates import Interval, Reading
from .verdict import Reason, mark


class Place(StrEnum):
    """Where a candidate falls beside the period it is owed for."""

    INSIDE = "inside"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible year: `days` is the distance to the period, 0 inside."""

    year: int
    interval: Interval
    place: Place
    days: int
    reason: Reason


_PLACES = {
    Place.INSIDE: mark("{year} : du {first} au {last}, pendant la période."),
    Place.AFTER: mark("{year} : du {first} au {last}, après la fin prévue de la période."),
    Place.BEFORE: mark("{year} : du {first} au {last}, avant le début prévu de la période."),
}


def candidates(reading: Reading, begins: date, ends: date) -> tuple[Candidate, ...]:
    """The years that a date without a year could be of, beside a period: inside first, then the nearest.

    From the year in which the period begins to the one after its end; a date that writes its year has one.
    """
    years = range(begins.year, ends.year + 2) if reading.year is None else [reading.year]
    found = [one for year in years if (one := _candidate(reading, year, begins, ends))]
    order = list(Place)
    return tuple(sorted(found, key=lambda one: (order.index(one.place), one.days, one.year)))


def _candidate(reading: Reading, year: int, begins: date, ends: date) -> Candidate | None:
    interval = reading.interval(year)
    if interval is None:
        return None
    place, days = Place.INSIDE, 0
    if interval.first > ends:
        place, days = Place.AFTER, (interval.first - ends).days
    elif interval.last < begins:
        place, days = Place.BEFORE, (begins - interval.last).days
    params = {"year": year, "first": interval.first, "last": interval.last}
    return Candidate(
        year, interval, place, days, Reason(place, place is Place.INSIDE, _PLACES[place], params)
    )
