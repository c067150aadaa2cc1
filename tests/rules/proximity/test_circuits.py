"""The circuits of proximity: each way walked, each step out of order refused with the state it is in."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.rules.circuit import GUARDS
from faubourg.rules.proximity.circuits import CIRCUITS, OPEN, REPORT, SETTLED, TFPB, WALK
from tools.draw_path import DOCS, PAGES, page

DAY = date(2025, 3, 3)
EVERY = [(circuit, transition) for circuit in CIRCUITS for transition in circuit.transitions]
WAYS = [
    (REPORT, "file qualify assign plan start declare_done verify close_verified", "closed"),
    (REPORT, "file qualify assign declare_done close_silence reopen start declare_done verify "
             "close_verified reopen", "assigned"),
    (REPORT, "file qualify find_no_owner arbitrate assign contest arbitrate plan plan contest refuse",
     "refused"),
    (REPORT, "file qualify assign declare_done reopen_unowned arbitrate start", "in_progress"),
    (REPORT, "file mark_duplicate undo_duplicate assign mark_duplicate", "duplicate"),
    (REPORT, "file refer reconsider refuse reconsider assign", "assigned"),
    (WALK, "prepare confirm take_back confirm hold draft_minutes validate_minutes rework_minutes "
           "validate_minutes restore follow review", "reviewed"),
    (TFPB, "prepare plan rework plan sign run report visit approve next_year report visit "
           "approve_with_reserves flag next_year end", "ended"),
]  # fmt: skip


@pytest.mark.parametrize(("circuit", "acts", "end"), WAYS, ids=lambda told: getattr(told, "name", None))
def test_the_ways_through(circuit, acts, end):
    state = ""
    for act in acts.split():
        transition = circuit.by_act(act)
        told = {"given": set(transition.needs), "on": DAY, "today": DAY, "since": DAY}
        assert circuit.may_move(act, state, **told).ok, f"{act} from {state}"
        state = transition.target
    assert state == end


@pytest.mark.parametrize(("circuit", "transition"), EVERY, ids=lambda t: getattr(t, "act", t.name))
def test_a_step_out_of_order_is_refused_with_the_present_state(circuit, transition):
    for state, name in circuit.states.items():
        verdict = circuit.may_start(transition.act, state)
        assert verdict.ok is (state in transition.sources)
        assert verdict.ok or name in verdict.refusals()[0].sentence


@pytest.mark.parametrize(("circuit", "transition"), EVERY, ids=lambda t: getattr(t, "act", t.name))
def test_every_guard_that_is_not_satisfied_is_told(circuit, transition):
    verdict = circuit.may_move(transition.act, transition.sources[0], given=set(), on=DAY, today=DAY)
    assert [r.code for r in verdict.refusals()] == [f"{circuit.name}_{need}" for need in transition.needs]
    assert all(reason.sentence for reason in verdict.refusals())


@pytest.mark.parametrize("circuit", CIRCUITS, ids=lambda circuit: circuit.name)
def test_every_state_is_reached_every_guard_serves_and_the_drawing_names_them_all(circuit):
    assert {t.target for t in circuit.transitions} == set(circuit.states) - {""}
    assert {need for t in circuit.transitions for need in t.needs} - set(GUARDS) == set(circuit.guards)
    drawing = circuit.diagram()
    assert all(f"    {state} : {name}" in drawing for state, name in circuit.states.items() if state)


def test_a_report_is_open_or_settled_and_what_is_settled_can_always_come_back():
    assert {*OPEN, *SETTLED} == set(REPORT.states) - {""}
    assert not {*OPEN} & {*SETTLED}
    assert all(REPORT.acts_from(state) for state in SETTLED)


ACTS = st.lists(st.sampled_from([t.act for t in REPORT.transitions]), max_size=60)


@settings(max_examples=300)
@given(ACTS)
def test_nothing_is_closed_before_it_was_declared_done_and_verified_or_left_in_silence(sequence):
    state, before = "", ""
    for act in sequence:
        transition = REPORT.by_act(act)
        told = {"given": set(transition.needs), "on": DAY, "today": DAY}
        if REPORT.may_move(act, state, **told).ok:
            before, state = state, transition.target
            assert state != "closed" or (act, before) in {
                ("close_verified", "verified"),
                ("close_silence", "declared_done"),
            }


@pytest.mark.parametrize("circuit", CIRCUITS, ids=lambda circuit: circuit.name)
def test_the_drawings_follow_the_tables(circuit):
    name = f"proximity-{circuit.name}.md"
    assert name in PAGES
    assert (DOCS / name).read_text() == page(name), "run: python tools/draw_path.py"
