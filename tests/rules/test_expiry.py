"""No gap: announced twelve, six and three months before, silent when something takes over in time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.expiry import Alert, Cover, add_months, alert, update_due, vacant

END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 12, 31), -3, date(2026, 9, 30)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2028, 5, 31), -3, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("on", "notice", "days"),
    [
        (date(2025, 12, 30), None, None),
        (date(2025, 12, 31), 12, 365),
        (date(2026, 6, 29), 12, 185),
        (date(2026, 6, 30), 6, 184),
        (date(2026, 9, 30), 3, 92),
        (END, 3, 0),
        (date(2027, 1, 1), 0, -1),
    ],
)
def test_an_end_is_announced_in_time(on, notice, days):
    assert alert(END, on) == (None if notice is None else Alert(notice, days))


@pytest.mark.parametrize(
    ("covers", "gap"),
    [
        ([Cover(date(2027, 1, 1), date(2032, 12, 31))], "silent"),
        ([Cover(date(2026, 6, 1), date(2032, 12, 31))], "silent"),
        ([Cover(date(2026, 6, 1), None)], "silent"),
        ([Cover(None, None)], "silent"),
        ([Cover(date(2027, 1, 2), None)], 1),
        ([Cover(date(2027, 2, 1), None), Cover(date(2027, 1, 11), None)], 10),
        ([Cover(date(2020, 1, 1), END)], None),
        ([], None),
    ],
)
def test_what_takes_over_in_time_silences_the_alert_and_what_comes_late_counts_the_days(covers, gap):
    told = alert(END, date(2026, 11, 1), covers)
    assert told is None if gap == "silent" else told.gap == gap


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(-800, 800))
def test_the_nearer_the_end_the_shorter_the_notice(end, days):
    """Never later than a year before, never a longer notice as time goes by."""
    on = end - timedelta(days=days)
    told = alert(end, on)
    if told is None:
        assert days > 364
        return
    assert told.days == days
    tomorrow = alert(end, on + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.notice <= told.notice


def test_an_unknown_end_announces_nothing():
    assert alert(None, END) is None


def test_an_update_is_due_three_years_after_the_last_time():
    assert update_due(None, None) is None
    assert update_due(date(2024, 7, 10), None) == date(2027, 7, 10)
    assert update_due(date(2024, 7, 10), date(2026, 2, 28)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("holder", "starts", "ends", "empty"),
    [
        ("", None, None, True),
        ("  ", None, None, True),
        ("Ana", None, None, False),
        ("Ana", None, END, False),
        ("Ana", None, END - timedelta(days=1), True),
        ("Ana", END + timedelta(days=1), None, True),
    ],
)
def test_a_post_is_vacant_when_nobody_holds_it_that_day(holder, starts, ends, empty):
    assert vacant(holder, starts, ends, END) is empty
