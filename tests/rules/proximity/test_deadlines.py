"""Deadlines of a report, arbitration, silence, and the reviews of a convention."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calendar import Standing
from faubourg.rules.proximity import deadlines, gup
from faubourg.rules.proximity.deadlines import Delay, Told
from faubourg.rules.routing import Moment
from faubourg.rules.working_days import Place, is_working

DAYS = st.dates(date(2010, 1, 1), date(2050, 1, 1))
DELAYS = (
    Delay("lamp", 5), Delay("lamp", 3, date(2025, 1, 1)), Delay("lift", 1), Delay("litter", 2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("category", "received", "place", "due"),
    [
        ("lamp", date(2024, 12, 31), Place.FRANCE, date(2025, 1, 8)),
        ("lamp", date(2025, 1, 2), Place.FRANCE, date(2025, 1, 7)),
        ("lift", date(2025, 4, 30), Place.FRANCE, date(2025, 5, 2)),
        ("litter", date(2025, 4, 16), Place.FRANCE, date(2025, 4, 18)),
        ("litter", date(2025, 4, 16), Place.ALSACE_MOSELLE, date(2025, 4, 22)),
        ("bench", date(2025, 3, 7), Place.FRANCE, date(2025, 3, 21)),
    ],
)
def test_until_when_a_report_is_in_time(category, received, place, due):
    assert deadlines.due_on(category, received, DELAYS, place) == due


@pytest.mark.parametrize(
    ("at", "day", "moment"),
    [
        (datetime(2025, 3, 29, 23, 30, tzinfo=UTC), date(2025, 3, 30), Moment(6, 0)),
        (datetime(2025, 3, 30, 1, 0, tzinfo=UTC), date(2025, 3, 30), Moment(6, 3)),
        (datetime(2025, 3, 30, 22, 0, tzinfo=UTC), date(2025, 3, 31), Moment(0, 0)),
        (datetime(2025, 10, 26, 22, 59, tzinfo=UTC), date(2025, 10, 26), Moment(6, 23)),
        (datetime(2025, 10, 26, 23, 0, tzinfo=UTC), date(2025, 10, 27), Moment(0, 0)),
        (datetime(2025, 5, 1, 10, 0, tzinfo=UTC), date(2025, 5, 1), Moment(3, 12, holiday=True)),
    ],
)
def test_the_day_is_that_of_paris_even_when_clocks_change(at, day, moment):
    assert deadlines.day_in_paris(at) == day
    assert deadlines.moment_at(at) == moment


def test_a_moment_without_a_zone_is_not_judged():
    with pytest.raises(ValueError, match="time zone"):
        deadlines.day_in_paris(datetime(2025, 1, 1))


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2025, 3, 21), []),
        (date(2025, 3, 23), []),
        (date(2025, 3, 24), [Told.REFERENT]),
        (date(2025, 3, 27), [Told.REFERENT]),
        (date(2025, 3, 28), [Told.REFERENT, Told.HIERARCHY]),
        (date(2025, 4, 4), [Told.REFERENT, Told.HIERARCHY, Told.COORDINATOR]),
    ],
)
def test_who_hears_of_what_is_late(on, told):
    due = date(2025, 3, 21)
    assert [step.told for step in deadlines.told_by(due, on)] == told
    judged = deadlines.judge_treatment(due, on)
    assert judged.late is bool(told)
    assert judged.days == deadlines.working_days_late(due, on)


@given(DAYS, st.integers(-20, 40), st.sampled_from([Place.FRANCE, Place.ALSACE_MOSELLE]))
def test_one_rule_says_what_is_late_and_by_how_much(due, after, place):
    on = due + timedelta(days=after)
    late = due < deadlines.late_before(on, place)
    assert late is (deadlines.working_days_late(due, on, place) > 0)
    assert late is bool(deadlines.told_by(due, on, place))
    assert late is deadlines.judge_treatment(due, on, place).late


@pytest.mark.parametrize(
    ("unowned", "last"),
    [
        (date(2025, 3, 3), date(2025, 3, 13)),
        (date(2025, 3, 5), date(2025, 3, 17)),
        (date(2025, 4, 21), date(2025, 5, 2)),
    ],
)
def test_an_owner_is_found_within_ten_days(unowned, last):
    assert deadlines.arbitrate_by(unowned) == last
    assert not deadlines.judge_arbitration(unowned, None, last).late
    assert deadlines.judge_arbitration(unowned, None, last + timedelta(1)).late
    assert deadlines.judge_arbitration(unowned, last, last).standing is Standing.DONE


@pytest.mark.parametrize(
    ("declared", "answered", "on", "met"),
    [
        (date(2025, 3, 1), None, date(2025, 3, 15), False),
        (date(2025, 3, 1), None, date(2025, 3, 16), False),
        (date(2025, 3, 1), None, date(2025, 3, 17), True),
        (date(2025, 3, 1), date(2025, 3, 10), date(2025, 4, 1), False),
        (date(2025, 3, 1), date(2025, 2, 10), date(2025, 4, 1), True),
        (date(2024, 2, 15), None, date(2024, 3, 1), False),
        (date(2024, 2, 15), None, date(2024, 3, 2), True),
    ],
)
def test_fifteen_whole_days_of_silence_close_what_is_declared_done(declared, answered, on, met):
    reason = deadlines.judge_silence(declared, answered, on)
    assert reason.met is met
    assert reason.sentence


def test_a_walk_is_reviewed_six_months_after_its_feedback():
    assert deadlines.review_from(date(2025, 8, 31)) == date(2026, 2, 28)


@given(DAYS, st.sampled_from(["lamp", "lift", "litter", "bench"]), st.sampled_from(Place))
def test_every_step_comes_after_the_one_before_on_a_working_day(received, category, place):
    due = deadlines.due_on(category, received, DELAYS, place)
    steps = [step.on for step in deadlines.escalation(due, place)]
    assert steps == sorted(set(steps))
    assert min(steps) > due > received
    assert all(is_working(day, place) for day in [due, *steps])


# --- Conventions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "kinds"),
    [
        (date(2008, 9, 1), date(2014, 8, 31), "annual annual mid_term annual annual final"),
        (date(2020, 1, 1), date(2022, 12, 31), "annual annual final"),
        (date(2020, 1, 1), date(2023, 1, 1), "annual annual mid_term final"),
        (date(2020, 1, 1), date(2020, 6, 30), "final"),
    ],
)
def test_the_reviews_of_a_convention(starts, ends, kinds):
    found = gup.reviews(starts, ends)
    assert [review.kind for review in found] == kinds.split()
    assert found[-1].due == ends


def test_a_review_that_was_delivered_is_done_and_the_next_one_is_awaited():
    first, *_ = gup.reviews(date(2020, 1, 1), date(2025, 12, 31))
    judged = gup.judge_reviews(
        date(2020, 1, 1), date(2025, 12, 31), [(first, date(2020, 12, 1))], date(2022, 2, 1)
    )
    assert [one.standing for _, one in judged][:3] == [Standing.DONE, Standing.LATE, Standing.AHEAD]


@pytest.mark.parametrize(
    ("signed", "ends", "met"),
    [
        (date(2014, 9, 1), date(2020, 6, 30), True),
        (date(2014, 9, 1), date(2018, 9, 1), False),
        (date(2020, 9, 1), date(2027, 4, 1), False),
        (date(2026, 9, 1), date(2032, 12, 31), True),
        (date(2033, 1, 1), date(2038, 1, 1), None),
    ],
)
def test_a_convention_lasts_as_long_as_the_mandate(signed, ends, met):
    reason = gup.judge_duration(signed, ends)
    assert reason.met is met
    assert reason.sentence


@given(DAYS, st.integers(1, 4000))
def test_reviews_are_in_order_and_never_after_the_end(starts, days):
    ends = starts + timedelta(days=days)
    found = [review.due for review in gup.reviews(starts, ends)]
    assert found == sorted(set(found))
    assert found[-1] == ends


@pytest.mark.parametrize(
    ("perimeter", "neighbourhoods", "diagnosis", "ok"),
    [
        (gup.Perimeter.GENERAL, 0, False, True),
        (gup.Perimeter.TARGETED, 2, True, True),
        (gup.Perimeter.TARGETED, 2, False, False),
        (gup.Perimeter.TARGETED, 0, True, False),
    ],
)
def test_a_targeted_perimeter_is_justified(perimeter, neighbourhoods, diagnosis, ok):
    verdict = gup.judge_perimeter(perimeter, neighbourhoods=neighbourhoods, diagnosis=diagnosis)
    assert verdict.ok is ok


@pytest.mark.parametrize(
    ("shares", "codes"),
    [
        ({"ville": 5_000, "agglo": 3_000, "bailleur": 2_000}, []),
        ({"ville": 10_000}, []),
        ({}, ["post-whole"]),
        ({"ville": 5_000, "agglo": 3_333}, ["post-whole"]),
        ({"ville": 10_000, "agglo": 0}, ["post-shares"]),
        ({"ville": 11_000, "agglo": -1_000}, ["post-shares"]),
    ],
)
def test_who_pays_the_coordinator(shares, codes):
    refusals = gup.judge_post(shares).refusals()
    assert [reason.code for reason in refusals] == codes
    assert all(reason.sentence for reason in refusals)
