"""Working days in France: holidays as tables, Easter against another computation, then properties."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter as other_easter
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.working_days import (
    Place,
    add_working_days,
    easter,
    holidays,
    is_working,
    next_working,
    working_days_between,
)

DAYS = st.dates(date(2010, 1, 1), date(2060, 1, 1))
PLACES = st.sampled_from(Place)


@pytest.mark.parametrize("year", range(1983, 2200))
def test_easter_as_others_compute_it(year):
    assert easter(year) == other_easter(year)


@pytest.mark.parametrize(
    ("year", "place", "days"),
    [
        (2025, Place.FRANCE, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"),
        (2024, Place.FRANCE, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"),
        (2008, Place.FRANCE, "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25"),
        (2025, Place.ALSACE_MOSELLE,
         "01-01 04-18 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25 12-26"),
        (2025, Place.REUNION, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-20 12-25"),
        (2025, Place.MAYOTTE, "01-01 04-21 04-27 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"),
    ],
)  # fmt: skip
def test_the_holidays_of_a_year(year, place, days):
    assert {day.strftime("%m-%d") for day in holidays(year, place)} == set(days.split())


@pytest.mark.parametrize(
    ("day", "count", "place", "expected"),
    [
        (date(2025, 4, 30), 1, Place.FRANCE, date(2025, 5, 2)),
        (date(2025, 5, 7), 1, Place.FRANCE, date(2025, 5, 9)),
        (date(2025, 4, 17), 1, Place.FRANCE, date(2025, 4, 18)),
        (date(2025, 4, 17), 1, Place.ALSACE_MOSELLE, date(2025, 4, 22)),
        (date(2025, 12, 24), 1, Place.FRANCE, date(2025, 12, 26)),
        (date(2025, 12, 24), 1, Place.ALSACE_MOSELLE, date(2025, 12, 29)),
        (date(2025, 3, 8), 0, Place.FRANCE, date(2025, 3, 10)),
        (date(2025, 3, 7), 10, Place.FRANCE, date(2025, 3, 21)),
        (date(2024, 2, 28), 2, Place.FRANCE, date(2024, 3, 1)),
    ],
)
def test_counting_working_days(day, count, place, expected):
    assert add_working_days(day, count, place) == expected


def test_a_delay_is_never_negative():
    with pytest.raises(ValueError, match="never negative"):
        add_working_days(date(2025, 1, 2), -1)


@given(DAYS, st.integers(0, 60), PLACES)
def test_a_delay_ends_on_a_working_day_and_counts_as_many(day, count, place):
    ends = add_working_days(day, count, place)
    assert is_working(ends, place)
    assert count == 0 or working_days_between(day, ends, place) == count


@given(DAYS, DAYS, st.integers(0, 20), PLACES)
def test_what_is_received_later_is_never_due_before(one, other, count, place):
    first, last = sorted((one, other))
    assert add_working_days(first, count, place) <= add_working_days(last, count, place)


@given(DAYS, PLACES)
def test_one_works_again_within_five_days(day, place):
    assert next_working(day, place) - day <= timedelta(days=5)


@given(DAYS, st.integers(-30, 900), PLACES)
def test_counting_week_by_week_is_counting_day_by_day(since, days, place):
    until = since + timedelta(days)
    one_by_one = sum(is_working(since + timedelta(rank), place) for rank in range(1, days + 1))
    assert working_days_between(since, until, place) == one_by_one
