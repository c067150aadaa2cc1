"""The seven circuits of a call: each way walked, each step out of order refused with the state it is in."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.rules.calls.circuits import (
    APPLICATION,
    CALL,
    CIRCUITS,
    FUNDER_DECISION,
    INTENT,
    MICROPROJECT,
    PAYMENT_CIRCUIT,
    RECOVERY,
    REPORT_CIRCUIT,
    SITTING,
    Circuit,
    Transition,
)
from faubourg.rules.circuit import GUARDS

DAY = date(2015, 1, 23)
EVERY = [(circuit, transition) for circuit in CIRCUITS for transition in circuit.transitions]
WAYS = [
    (CALL, "create review publish open-intents close-intents open-applications close-applications examine "
           "convene programme notify agree close", "closed"),
    (INTENT, "start submit-late reserve convert", "converted"),
    (APPLICATION, "start submit ask-pieces complete examine rank enrol retain decide notify agree run "
                  "await-report report check settle", "settled"),
    (APPLICATION, "start submit complete examine enrol adjourn enrol reject notify", "notified"),
    (APPLICATION, "start submit complete examine enrol retain reconsider reject notify", "notified"),
    (APPLICATION, "start submit ask-pieces lapse", "lapsed"),
    (APPLICATION, "start submit complete examine enrol retain-with-reserves decide notify run cancel recover "
                  "settle-recovery", "settled"),
    (APPLICATION, "start submit refuse", "inadmissible"),
    (FUNDER_DECISION, "request favour vote notify commit freeze notify commit pay", "paid"),
    (FUNDER_DECISION, "request disfavour refuse", "refused"),
    (PAYMENT_CIRCUIT, "plan order return order pay", "paid"),
    (SITTING, "plan open close reopen close sign", "signed"),
    (REPORT_CIRCUIT, "await remind hand-in ask-more hand-in validate close", "closed"),
    (REPORT_CIRCUIT, "await attest-not-done validate close", "closed"),
    (MICROPROJECT, "request accompany enrol put-off enrol grant advance report ask-again report close",
     "closed"),
    (RECOVERY, "open hear answer issue pay", "paid"),
    (RECOVERY, "open hear drop", "dropped"),
    (MICROPROJECT, "request enrol refuse", "refused"),
    (MICROPROJECT, "request enrol grant advance claim refund", "refunded"),
    (REPORT_CIRCUIT, "await ask-dates grant-dates remind hand-in validate", "validated"),
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


@pytest.mark.parametrize("on", [None, DAY + timedelta(1), DAY - timedelta(2)])
def test_a_step_has_its_day_in_order(on):
    told = {"given": set(), "on": on, "today": DAY, "since": DAY - timedelta(1)}
    assert [r.code for r in APPLICATION.may_move("examine", "complete", **told).refusals()] == [
        "application_day"
    ]


@pytest.mark.parametrize("circuit", CIRCUITS, ids=lambda circuit: circuit.name)
def test_every_state_is_reached_every_guard_serves_and_the_drawing_names_them_all(circuit):
    assert {t.target for t in circuit.transitions} == set(circuit.states) - {""}
    assert {need for t in circuit.transitions for need in t.needs} - set(GUARDS) == set(circuit.guards)
    drawing = circuit.diagram()
    assert all(f"    {state} : {name}" in drawing for state, name in circuit.states.items() if state)


def test_a_table_that_names_nothing_known_is_refused_at_once():
    one = Transition("a", "A", ("",), "x", "…")
    for broken in (
        {"states": {"": ""}, "transitions": (one,)},
        {"states": {"": "", "x": "X"}, "transitions": (one, one)},
        {"states": {"": "", "x": "X"}, "transitions": (Transition("a", "A", ("",), "x", "…", ("?",)),)},
    ):
        with pytest.raises(ValueError, match="t"):
            Circuit("odd", guards={}, **broken)
    with pytest.raises(KeyError):
        CALL.by_act("fly")


ACTS = st.lists(st.sampled_from([t.act for t in APPLICATION.transitions]), max_size=60)


@settings(max_examples=300)
@given(ACTS)
def test_no_money_runs_without_a_jury_the_funders_and_a_notification(sequence):
    state, passed = "", []
    for act in sequence:
        transition = APPLICATION.by_act(act)
        told = {"given": set(transition.needs), "on": DAY, "today": DAY}
        if APPLICATION.may_move(act, state, **told).ok:
            passed.append(act)
            state = transition.target
    if "run" in passed and "reject" not in passed:
        assert passed.index("complete") < passed.index("enrol") < passed.index("decide")
        assert passed.index("decide") < passed.index("notify") < passed.index("run")
