"""What a report must tell, when it is due, what a grant is worth once the action has cost what it cost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls.clocks import report_due
from faubourg.rules.calls.report import (
    STEPS,
    Compared,
    Told,
    exercise_end,
    judge,
    last_day_of,
    reminder_owed,
    step_of,
    totals,
)
from faubourg.rules.calls.surplus import earned, judge_surplus, settle

CENTS = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("closes", "year", "ends_on", "end", "due"),
    [
        ("12-31", 2015, date(2015, 6, 30), date(2015, 12, 31), date(2016, 6, 30)),
        ("12-31", 2015, None, date(2015, 12, 31), date(2016, 6, 30)),
        # A pluri-annual action: the money of a year is that of its exercise.
        ("12-31", 2015, date(2017, 12, 31), date(2015, 12, 31), date(2016, 6, 30)),
        # A club whose exercise follows the school year.
        ("08-31", 2015, date(2015, 6, 30), date(2015, 8, 31), date(2016, 2, 29)),
        ("08-31", 2015, date(2015, 12, 31), date(2016, 8, 31), date(2017, 2, 28)),
        ("02-29", 2015, date(2015, 2, 28), date(2015, 2, 28), date(2015, 8, 31)),
    ],
)
def test_a_report_is_due_six_months_after_the_exercise(closes, year, ends_on, end, due):
    assert exercise_end(closes, last_day_of(year, ends_on)) == end
    assert report_due(end) == due


@pytest.mark.parametrize(
    ("on", "last", "owed"),
    [
        (date(2016, 4, 30), None, None),
        (date(2016, 5, 1), None, date(2016, 5, 1)),
        (date(2016, 5, 15), date(2016, 5, 1), None),
        (date(2016, 5, 31), date(2016, 5, 1), date(2016, 5, 31)),
        # Nobody looked for a year: one letter, not three.
        (date(2017, 1, 1), None, date(2016, 6, 30)),
        (date(2017, 1, 2), date(2017, 1, 1), None),
    ],
)
def test_reminders_sixty_thirty_and_the_day_itself(on, last, owed):
    assert reminder_owed(date(2016, 6, 30), last, on) == owed


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.lists(st.integers(-90, 400), max_size=40))
def test_three_letters_at_most_whenever_somebody_looks(due, days):
    last, letters = None, 0
    for day in sorted(due + timedelta(days=n) for n in days):
        if reminder_owed(due, last, day):
            last, letters = day, letters + 1
            assert reminder_owed(due, last, day) is None
    assert letters <= 3


@pytest.mark.parametrize(
    ("planned", "actual", "share", "out"),
    [
        (100_000, 120_000, 12_000, False),
        (100_000, 120_001, 12_000, True),
        (100_000, 80_000, 8_000, False),
        (100_000, 79_999, 7_999, True),
        (0, 1, None, True),
        (0, 0, None, False),
        (100_000, None, None, False),
    ],
)
def test_a_gap_stands_out_beyond_a_fifth(planned, actual, share, out):
    line = Compared("623", planned, actual)
    assert (line.share_bp, line.stands_out) == (share, out)


def test_a_total_says_nothing_as_long_as_nothing_is_told():
    found = totals([Compared("623", 100, None), Compared("74etat", 100, 40), Compared("756", 0, 2)])
    told = {side.value: (total.planned_cents, total.actual_cents) for side, total in found.items()}
    assert told == {"charges": (100, None), "products": (100, 42), "86": (0, None), "87": (0, None)}


FULL = Told(
    "full",
    [Compared("623", 100_000, 100_000), Compared("74etat", 100_000, 100_000)],
    story="Douze ateliers.",
    results="Atteints.",
    audience_count=40,
)
SHORT = Told("short", FULL.lines, story="Un repas.", audience_count=40, files=1)


def changed(told, **more):
    return Told(**{name: getattr(told, name) for name in Told.__slots__} | more)


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        (FULL, set()),
        (SHORT, set()),
        (changed(FULL, story=" "), {"story-what"}),
        (changed(FULL, results=""), {"story-results"}),
        (changed(SHORT, results=""), set()),
        (changed(FULL, audience_count=None), {"public-count"}),
        (changed(FULL, audience_count=0), set()),
        (changed(FULL, places=2, indicators=1), {"public-places", "public-indicators"}),
        (changed(SHORT, places=2, indicators=1), set()),
        (changed(SHORT, files=0), {"files-one"}),
        (changed(FULL, lines=[*FULL.lines, Compared("613", 100, None)]), {"money-lines"}),
        (changed(FULL, lines=[Compared("623", 100_000, 0)], gaps="Annulé."), {"money-spent"}),
        (changed(FULL, lines=[Compared("623", 100_000, 50_000)]), {"money-gaps"}),
        (changed(FULL, lines=[Compared("623", 100_000, 50_000)], gaps="Moins de tracts."), set()),
        (changed(SHORT, lines=[Compared("623", 100_000, 50_000)]), set()),
        (changed(FULL, lines=[*FULL.lines, Compared("chgfixe", 100, 100)]), {"money-indirect"}),
        (
            changed(FULL, lines=[*FULL.lines, Compared("chgfixe", 100, 100)], indirect_costs="Au temps."),
            set(),
        ),
    ],
)
def test_what_a_report_must_tell(told, missing):
    verdict = judge(told)
    assert {reason.code for reason in verdict.refusals()} == missing
    assert bool(verdict.ok) is (not missing)
    assert all(step_of(reason) in STEPS and reason.sentence for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("granted", "paid", "planned", "actual", "back", "left"),
    [
        # 5 000 € for 20 000 €: a quarter of whatever it cost.
        (500_000, 500_000, 2_000_000, 2_000_000, 0, 0),
        (500_000, 500_000, 2_000_000, 1_500_000, 125_000, 0),
        (500_000, 350_000, 2_000_000, 1_500_000, 0, 25_000),
        (500_000, 350_000, 2_000_000, 3_000_000, 0, 150_000),
        # It did not take place.
        (500_000, 350_000, 2_000_000, 0, 350_000, 0),
        (500_000, 0, 2_000_000, 0, 0, 0),
        # The odd cent is left to the beneficiary.
        (100, 100, 3, 1, 99, 0),
        (10, 10, 300, 100, 6, 0),
    ],
)
def test_a_grant_is_its_share_of_the_actual_cost(granted, paid, planned, actual, back, left):
    found = settle(granted, paid, planned, actual)
    assert (found.back_cents, found.left_cents) == (back, left)
    reason = judge_surplus("État", found, planned, actual)
    assert reason.met is (back == 0)
    assert "État" in reason.sentence


@given(CENTS, CENTS, CENTS, CENTS, CENTS)
def test_never_beyond_what_was_paid_granted_or_spent(granted, paid, planned, actual, more):
    found = settle(granted, paid, planned, actual)
    assert 0 <= found.back_cents <= paid
    assert 0 <= found.earned_cents <= min(granted, actual)
    assert found.paid_cents - found.back_cents + found.left_cents == found.earned_cents
    # Spending more never costs anything.
    assert settle(granted, paid, planned, actual + more).back_cents <= found.back_cents


@given(st.lists(CENTS, min_size=1, max_size=6), CENTS, CENTS)
def test_all_funders_together_never_pay_more_than_the_action_cost(grants, planned, actual):
    planned = max(planned, sum(grants))
    worth = sum(earned(granted, planned, actual) for granted in grants)
    # A cent a funder at most, for what does not divide.
    assert worth <= actual + len(grants)


def test_an_amount_is_never_negative():
    with pytest.raises(ValueError, match="never negative"):
        earned(1, 2, -3)
