"""What is owed by a day, judged on a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calendar import Overlap, Period, Standing, judge, judge_period, overlaps, shared

DUE = date(2014, 12, 31)
DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))
MAYBE = st.none() | DAYS


@pytest.mark.parametrize(
    ("due", "done", "on", "closed", "standing", "days"),
    [
        (DUE, None, date(2014, 12, 1), None, Standing.AHEAD, 30),
        (DUE, None, DUE, None, Standing.AHEAD, 0),  # the last day is in time
        (DUE, None, date(2015, 1, 1), None, Standing.LATE, 1),
        (DUE, DUE, date(2020, 1, 1), None, Standing.DONE, 0),
        (DUE, date(2015, 7, 1), date(2020, 1, 1), None, Standing.DONE_LATE, 182),  # Saint-Étienne, 2015
        (date(2024, 3, 31), date(2024, 7, 10), date(2024, 8, 1), None, Standing.DONE_LATE, 101),  # … 2024
        (DUE, None, date(2020, 1, 1), date(2019, 1, 1), Standing.UNRECORDED, 0),
        (DUE, None, date(2018, 1, 1), date(2019, 1, 1), Standing.LATE, 1097),
        (None, None, DUE, None, Standing.NO_DATE, 0),
        (None, DUE, DUE, None, Standing.DONE, 0),
    ],
)
def test_judging_what_is_owed(due, done, on, closed, standing, days):
    found = judge(due, done, on, closed)
    assert (found.standing, found.days) == (standing, days)
    assert found.reason.sentence


@given(DAYS, MAYBE, DAYS, MAYBE)
def test_nothing_is_late_on_its_day_and_no_delay_is_negative(due, done, on, closed):
    found = judge(due, done, on, closed)
    assert found.days >= 0
    assert not (found.late and on <= due)
    assert found.done == (done is not None)


@given(DAYS, DAYS)
def test_a_delay_grows_by_one_a_day(due, on):
    today, tomorrow = judge(due, None, on), judge(due, None, on + timedelta(days=1))
    if today.late:
        assert tomorrow.days == today.days + 1


@given(DAYS, DAYS, MAYBE)
def test_what_is_done_by_its_day_is_never_late_whatever_the_day(due, on, closed):
    assert judge(due, due, on, closed).standing is Standing.DONE


PHASE = Period(date(2014, 4, 1), date(2014, 10, 31))


@pytest.mark.parametrize(
    ("actual", "on", "standing", "days"),
    [
        ((None, None), date(2014, 3, 1), Standing.AHEAD, 244),
        ((None, None), date(2014, 4, 11), Standing.LATE, 10),  # should have begun
        ((date(2014, 4, 2), None), date(2014, 5, 1), Standing.AHEAD, 183),
        ((date(2014, 4, 2), None), date(2014, 11, 2), Standing.LATE, 2),
        ((date(2014, 4, 2), date(2014, 10, 31)), date(2015, 1, 1), Standing.DONE, 0),
        ((date(2014, 4, 2), date(2014, 11, 30)), date(2015, 1, 1), Standing.DONE_LATE, 30),
    ],
)
def test_judging_a_phase(actual, on, standing, days):
    found = judge_period(Period(PHASE.planned_start, PHASE.planned_end, *actual), on)
    assert (found.standing, found.days) == (standing, days)


def test_the_second_and_third_phases_of_2014_overlap():
    phases = [
        (date(2013, 4, 1), date(2014, 3, 31)),
        (date(2014, 4, 1), date(2014, 10, 31)),
        (date(2014, 9, 1), date(2014, 12, 31)),
    ]
    [found] = overlaps(phases)
    assert found == Overlap(1, 2, date(2014, 9, 1), date(2014, 10, 31))
    assert found.days == 61


PERIODS = st.lists(st.tuples(DAYS, DAYS).map(lambda ends: (min(ends), max(ends))), max_size=6)


@given(PERIODS)
def test_an_overlap_lies_in_both_periods(periods):
    found = overlaps(periods)
    assert len(found) <= len(periods) * (len(periods) - 1) // 2
    for one in found:
        for rank in (one.one, one.other):
            assert periods[rank][0] <= one.first <= one.last <= periods[rank][1]


@given(DAYS, st.integers(20, 2000), st.integers(1, 20))
def test_shares_that_follow_cover_the_period_without_a_hole(begins, length, of):
    ends = begins + timedelta(days=length)
    parts = [shared(begins, ends, rank, rank + 1, of) for rank in range(of)]
    assert (parts[0][0], parts[-1][1]) == (begins, ends)
    assert all(one[1] + timedelta(days=1) == other[0] for one, other in pairwise(parts))
