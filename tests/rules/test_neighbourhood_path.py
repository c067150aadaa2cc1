"""The path of a neighbourhood: one table, every source named, every refusal with its sentence."""

from datetime import date
from pathlib import Path

import pytest

from faubourg.rules.neighbourhood_path import (
    BY_ACT,
    STATE_NAMES,
    TRANSITIONS,
    Act,
    State,
    diagram,
    may_move,
    may_start,
    state_of_list,
)

DAY, DECREE = date(2024, 1, 1), "décret n° 2023-1314 du 28 décembre 2023"
THE_WAY = (
    (Act.FORESEE, State.NONE, State.FORESEEN),
    (Act.ENTER, State.FORESEEN, State.ENTERING),
    (Act.ACTIVATE, State.ENTERING, State.ACTIVE),
    (Act.ADJUST, State.ACTIVE, State.ADJUSTED),
    (Act.LEAVE, State.ADJUSTED, State.LEAVING),
    (Act.ARCHIVE, State.LEAVING, State.HISTORIC),
)


@pytest.mark.parametrize(("act", "source", "target"), THE_WAY)
def test_the_way_from_pressenti_to_historique(act, source, target):
    assert BY_ACT[act].target is target
    assert may_move(act, source, on=DAY, reference=DECREE, since=None).ok


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: t.act)
@pytest.mark.parametrize("state", State, ids=lambda s: s.name)
def test_an_act_starts_from_the_states_it_names_and_says_why_not_elsewhere(transition, state):
    verdict = may_start(transition.act, state)
    assert verdict.ok is (state in transition.sources)
    assert verdict.ok or STATE_NAMES[state] in verdict.refusals()[0].sentence


@pytest.mark.parametrize("act", [Act.ENTER, Act.ADJUST, Act.LEAVE])
def test_what_enters_changes_or_leaves_cites_its_text(act):
    verdict = may_move(act, BY_ACT[act].sources[0], on=DAY, reference="  ", since=None)
    assert [reason.code for reason in verdict.refusals()] == ["path_text"]


@pytest.mark.parametrize("on", [None, date(2023, 12, 31)])
def test_a_state_has_a_day_that_does_not_precede_the_present_one(on):
    verdict = may_move(Act.ACTIVATE, State.ENTERING, on=on, reference="", since=DAY)
    assert [reason.code for reason in verdict.refusals()] == ["path_day"]


@pytest.mark.parametrize(
    ("code", "state"),
    [("QN06302I", State.ACTIVE), ("QN00201M", State.ADJUSTED), ("QN06307N", State.ENTERING)],
)
def test_the_list_of_2024_tells_a_state_by_the_last_letter(code, state):
    assert state_of_list(code) is state


def test_every_act_and_every_state_is_in_the_table():
    assert set(BY_ACT) == set(Act)
    assert {t.target for t in TRANSITIONS} == set(State) - {State.NONE}


def test_the_drawing_in_the_documentation_is_up_to_date():
    page = Path(__file__).parents[2] / "docs" / "neighbourhood-path.md"
    assert diagram() in page.read_text(), "run: python tools/draw_path.py"
