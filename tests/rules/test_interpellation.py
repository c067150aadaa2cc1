"""The right to question: one table, no step out of order, none without what it must say."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.interpellation import (
    BY_ACT,
    MISSING,
    MOST_A_DAY,
    MOST_WAITING,
    STATE_NAMES,
    TRANSITIONS,
    Act,
    Needs,
    State,
    diagram,
    may_move,
    may_start,
    may_submit,
    next_act,
)

DAY = date(2024, 6, 1)
WAY = [
    State.NONE,
    State.SUBMITTED,
    State.TRANSMITTED,
    State.DIAGNOSED,
    State.STEERED,
    State.ON_AGENDA,
    State.ANSWERED,
]
WELL = {"public": True, "given": True, "on": DAY, "since": DAY - timedelta(10), "today": DAY}


@pytest.mark.parametrize("rank", range(len(WAY) - 1))
def test_the_way_from_the_residents_to_a_public_answer(rank):
    act = next_act(WAY[rank])
    assert BY_ACT[act].target is WAY[rank + 1]
    assert may_move(act, WAY[rank], **WELL).ok


def test_nothing_comes_after_the_answer():
    assert next_act(State.ANSWERED) is None


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: t.act)
@pytest.mark.parametrize("state", State, ids=lambda s: s.name)
def test_a_step_out_of_order_is_refused_with_the_present_state(transition, state):
    verdict = may_start(transition.act, state)
    assert verdict.ok is (state in transition.sources)
    assert verdict.ok or STATE_NAMES[state] in verdict.refusals()[0].sentence


@pytest.mark.parametrize("act", [act for act in Act if BY_ACT[act].needs])
def test_a_step_says_what_the_law_asks_of_it(act):
    verdict = may_move(act, BY_ACT[act].sources[0], **WELL | {"given": False})
    assert [reason.code for reason in verdict.refusals()] == [f"question_{BY_ACT[act].needs.value}"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"public": False}, "question_unread"),
        ({"on": None}, "question_day"),
        ({"on": DAY + timedelta(1)}, "question_day"),
        ({"on": DAY - timedelta(11)}, "question_day"),
    ],
)
def test_a_step_has_a_day_in_order_and_a_difficulty_that_was_read(change, code):
    verdict = may_move(Act.TRANSMIT, State.SUBMITTED, **WELL | change)
    assert [reason.code for reason in verdict.refusals()] == [code]


@given(st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_an_account_submits_little_and_never_twice(waiting, today, again):
    ok = waiting < MOST_WAITING and today < MOST_A_DAY and not again
    assert may_submit(waiting=waiting, today=today, again=again).ok is ok


def test_every_act_every_state_and_every_need_is_told():
    assert set(BY_ACT) == set(Act)
    assert {t.target for t in TRANSITIONS} == set(State) - {State.NONE}
    assert set(MISSING) == set(Needs) - {Needs.NOTHING}


def test_the_drawing_in_the_documentation_is_up_to_date():
    page = Path(__file__).parents[2] / "docs" / "interpellation.md"
    assert diagram() in page.read_text(), "run: python tools/draw_path.py"
