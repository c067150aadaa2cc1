"""Working days in France: Monday to Friday, public holidays left out, those of Alsace-Moselle and of each
overseas department where they hold. Easter is computed; the list is the one in force since 1982.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from .verdict import LegalSource

NATIONAL = LegalSource("code du travail", "article L. 3133-1", date(1982, 1, 1))
LOCAL = LegalSource("code du travail", "articles L. 3134-13 et L. 3422-2")
_FRIDAY = 4


class Place(StrEnum):
    """Where a holiday may be one more."""

    FRANCE = "france"
    ALSACE_MOSELLE = "alsace_moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"


# Month and day, of the whole country, then of the place alone: the abolition of slavery overseas.
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_MORE = {
    Place.ALSACE_MOSELLE: (12, 26),
    Place.GUADELOUPE: (5, 27),
    Place.MARTINIQUE: (5, 22),
    Place.GUYANE: (6, 10),
    Place.REUNION: (12, 20),
    Place.MAYOTTE: (4, 27),
}
# From Easter Sunday: Easter Monday, Ascension, Whit Monday; Good Friday in Alsace-Moselle.
_MOVING = (1, 39, 50)
_GOOD_FRIDAY = -2


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    golden, (century, rank) = year % 19, divmod(year, 100)
    leap, spare = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    sunday = (32 + 2 * spare + 2 * (rank // 4) - epact - rank % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def holidays(year: int, place: Place = Place.FRANCE) -> frozenset[date]:
    """The public holidays of a year; Good Friday counts in all of Alsace-Moselle."""
    sunday = easter(year)
    days = {date(year, month, day) for month, day in _FIXED}
    days |= {sunday + timedelta(days=after) for after in _MOVING}
    if place in _MORE:
        days.add(date(year, *_MORE[place]))
    if place is Place.ALSACE_MOSELLE:
        days.add(sunday + timedelta(days=_GOOD_FRIDAY))
    return frozenset(days)


def is_working(day: date, place: Place = Place.FRANCE) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() <= _FRIDAY and day not in holidays(day.year, place)


def next_working(day: date, place: Place = Place.FRANCE) -> date:
    """The day itself when one works, else the first one after."""
    while not is_working(day, place):
        day += timedelta(days=1)
    return day


def last_working(day: date, place: Place = Place.FRANCE) -> date:
    """The day itself when one works, else the last one before."""
    while not is_working(day, place):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, count: int, place: Place = Place.FRANCE) -> date:
    """The `count`-th working day after a day, which is not counted; 0: that day or the next working one.

    >>> add_working_days(date(2025, 4, 30), 1)
    datetime.date(2025, 5, 2)
    """
    if count < 0:
        raise ValueError("a delay is never negative")
    if count == 0:
        return next_working(day, place)
    for _ in range(count):
        day = next_working(day + timedelta(days=1), place)
    return day


def working_days_between(since: date, until: date, place: Place = Place.FRANCE) -> int:
    """How many working days follow `since`, `until` included; 0 when it is not later."""
    if until <= since:
        return 0
    weeks, rest = divmod((until - since).days, 7)
    weekdays = 5 * weeks + sum(
        (since + timedelta(days=rank)).weekday() <= _FRIDAY for rank in range(1, rest + 1)
    )
    off = (day for year in range(since.year, until.year + 1) for day in holidays(year, place))
    return weekdays - sum(since < day <= until and day.weekday() <= _FRIDAY for day in off)
