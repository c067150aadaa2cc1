"""How far a diagnosis is, how late, and what may be done to it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.diagnosis_progress import (
    STANDING_NAMES,
    Holder,
    Progress,
    Question,
    Standing,
    days_late,
    may_deliver,
    may_fill,
    may_reopen,
    may_validate,
    progress,
    standing,
)

GRID = [Question(1), Question(2, asked="communes"), Question(3, asked="groups"), Question(4, required=False)]
DAY, LATER = date(2014, 4, 15), date(2014, 5, 2)


@pytest.mark.parametrize(
    ("holder", "answered", "required", "missing", "percent"),
    [
        (Holder.COMMUNE, set(), 2, (1, 2), 0),
        (Holder.COMMUNE, {1}, 2, (2,), 50),
        (Holder.COMMUNE, {1, 2}, 2, (), 100),
        (Holder.COMMUNE, {3, 4}, 2, (1, 2), 0),
        (Holder.GROUP, {1, 3}, 2, (), 100),
        (Holder.GROUP, {2}, 2, (1, 3), 0),
    ],
)
def test_what_is_answered_of_what_is_required(holder, answered, required, missing, percent):
    found = progress(GRID, holder, answered)
    assert (found.required, found.missing, found.percent) == (required, missing, percent)


KEYS = st.integers(0, 40)
QUESTIONS = st.builds(Question, KEYS, st.booleans(), st.sampled_from(["both", "communes", "groups"]))


@given(st.lists(QUESTIONS, unique_by=lambda question: question.key), st.sets(KEYS))
def test_a_hundred_per_cent_means_that_nothing_is_missing(questions, answered):
    found = progress(questions, Holder.COMMUNE, answered)
    assert (found.percent == 100) == (not found.missing)
    assert 0 <= found.percent <= 100
    assert found.answered + len(found.missing) == found.required


@pytest.mark.parametrize(
    ("due", "delivered", "today", "late"),
    [
        (None, None, LATER, None),
        (DAY, None, DAY, 0),
        (DAY, None, LATER, 17),
        (DAY, date(2014, 4, 20), LATER, 5),
        (DAY, date(2014, 4, 1), LATER, 0),
    ],
)
def test_the_delay_is_counted_in_days_and_stops_once_delivered(due, delivered, today, late):
    assert days_late(due, delivered, today) == late


@pytest.mark.parametrize(
    ("due", "delivered", "validated", "found"),
    [
        (DAY, None, None, Standing.LATE),
        (None, None, None, Standing.AWAITED),
        (LATER, None, None, Standing.AWAITED),
        (DAY, LATER, None, Standing.DELIVERED),
        (DAY, LATER, LATER, Standing.VALIDATED),
    ],
)
def test_where_a_diagnosis_stands(due, delivered, validated, found):
    assert standing(due, delivered, validated, LATER) == found
    assert STANDING_NAMES[found]


FULL, LACKING = Progress(2, 2, ()), Progress(2, 0, (1, 2))


@pytest.mark.parametrize(
    ("verdict", "ok"),
    [
        (may_fill(None), True),
        (may_fill(DAY), False),
        (may_deliver(FULL, None), True),
        (may_deliver(LACKING, None), False),
        (may_deliver(Progress(1, 0, (1,)), None), False),
        (may_deliver(FULL, DAY), False),
        (may_validate(None, None), False),
        (may_validate(DAY, None), True),
        (may_validate(DAY, DAY), False),
        (may_reopen(None, "Oubli."), False),
        (may_reopen(DAY, " "), False),
        (may_reopen(DAY, "Oubli."), True),
    ],
)
def test_what_may_be_done(verdict, ok):
    assert verdict.ok is ok
    assert all(reason.sentence for reason in verdict.refusals())
