"""The circuit of a contract: one table, every source named, every refusal with its sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.rules import convention_circuit
from faubourg.rules.contract_circuit import (
    ALIVE,
    BY_ACT,
    OPEN_TEXT,
    SIGNED_TEXT,
    STATE_NAMES,
    TRANSITIONS,
    Act,
    State,
    diagram,
    may_start,
)
from faubourg.rules.contract_signing import (
    Facts,
    Party,
    awaited,
    may_move,
    may_sign,
    may_validate,
    signed_state,
)
from tools.draw_path import DOCS, PAGES, page

DAY, TODAY = date(2024, 3, 1), date(2024, 7, 10)
TWO = ("Firminy", "Saint-Étienne")
SIGNED = Party("État", signed_on=DAY)
THE_WAY = (
    (Act.FOLLOW, State.NONE, State.PREFIGURATION),
    (Act.DIAGNOSE, State.PREFIGURATION, State.DIAGNOSIS),
    (Act.DRAFT, State.DIAGNOSIS, State.PROJECT),
    (Act.CONSULT, State.PROJECT, State.CONCERTATION),
    (Act.VALIDATE_EPCI, State.CONCERTATION, State.VALIDATED_EPCI),
    (Act.VALIDATE_COMMUNES, State.VALIDATED_EPCI, State.VALIDATED_COMMUNES),
    (Act.VALIDATE_STEERING, State.VALIDATED_COMMUNES, State.VALIDATED_STEERING),
    (Act.SIGN_PARTLY, State.VALIDATED_STEERING, State.PARTLY_SIGNED),
    (Act.SIGN, State.PARTLY_SIGNED, State.SIGNED),
    (Act.ENTER_FORCE, State.SIGNED, State.IN_FORCE),
    (Act.MID_TERM, State.IN_FORCE, State.MID_TERM),
    (Act.FINAL_REVIEW, State.MID_TERM, State.FINAL_REVIEW),
    (Act.EXTEND, State.FINAL_REVIEW, State.EXTENDED),
    (Act.EXPIRE, State.EXTENDED, State.EXPIRED),
    (Act.REPLACE, State.EXPIRED, State.REPLACED),
)


def facts(state, **told):
    """Everything an act asks for, unless the test says otherwise."""
    ready = {
        "act": "Délibération du 1er mars 2024", "reason": "Parce que", "since": DAY, "communes": TWO,
        "validated": TWO, "parties": (SIGNED,), "signed_on": DAY, "ends_on": date(2024, 6, 30),
        "successor": State.SIGNED,
    }  # fmt: skip
    return Facts(state=state, on=told.pop("on", TODAY), today=TODAY, **(ready | told))


@pytest.mark.parametrize(("act", "source", "target"), THE_WAY)
def test_the_way_from_prefiguration_to_its_successor(act, source, target):
    assert BY_ACT[act].target is target
    ends = TODAY if act is Act.ENTER_FORCE else date(2024, 6, 30)
    assert may_move(act, facts(source, ends_on=ends)).ok


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: t.act)
@pytest.mark.parametrize("state", State, ids=lambda s: s.name)
def test_an_act_starts_from_the_states_it_names_and_says_why_not_elsewhere(transition, state):
    verdict = may_start(transition.act, state)
    assert verdict.ok is (state in transition.sources)
    assert verdict.ok or STATE_NAMES[state] in verdict.refusals()[0].sentence


def test_the_steering_committee_comes_after_the_communes_and_the_refusal_names_those_that_miss():
    verdict = may_move(Act.VALIDATE_STEERING, facts(State.VALIDATED_EPCI, validated=("Firminy",)))
    said = " ".join(reason.sentence for reason in verdict.refusals())
    assert "après toutes les communes" in said
    assert "1 sur 2" in said
    assert "Saint-Étienne" in said


@pytest.mark.parametrize(
    ("act", "source", "missing", "reason"),
    [
        (Act.VALIDATE_EPCI, State.CONCERTATION, {"act": " "}, "circuit_act"),
        (Act.VALIDATE_COMMUNES, State.VALIDATED_EPCI, {"validated": ()}, "circuit_communes"),
        (Act.VALIDATE_COMMUNES, State.VALIDATED_EPCI, {"communes": ()}, "circuit_communes"),
        (Act.VALIDATE_STEERING, State.VALIDATED_COMMUNES, {"act": ""}, "circuit_act"),
        (Act.SEND_BACK, State.VALIDATED_COMMUNES, {"reason": ""}, "circuit_reason"),
        (Act.SIGN, State.PARTLY_SIGNED, {"parties": (SIGNED, Party("Ville"))}, "circuit_parties"),
        (Act.ENTER_FORCE, State.SIGNED, {"ends_on": None}, "circuit_end"),
        (Act.ADOPT, State.NONE, {"signed_on": None, "ends_on": TODAY}, "circuit_signed"),
        (Act.EXPIRE, State.IN_FORCE, {"ends_on": TODAY}, "circuit_end"),
        (Act.REPLACE, State.IN_FORCE, {"successor": State.PROJECT}, "circuit_successor"),
        (Act.DRAFT, State.DIAGNOSIS, {"on": None}, "circuit_day"),
        (Act.DRAFT, State.DIAGNOSIS, {"on": DAY - timedelta(1)}, "circuit_day"),
        (Act.DRAFT, State.DIAGNOSIS, {"on": TODAY + timedelta(1)}, "circuit_day"),
    ],
)
def test_what_an_act_of_the_circuit_asks_for(act, source, missing, reason):
    assert [r.code for r in may_move(act, facts(source, **missing)).refusals()] == [reason]


@pytest.mark.parametrize(
    ("commune", "state", "validated", "act", "reason"),
    [
        ("Firminy", State.VALIDATED_EPCI, (), "Délibération", None),
        ("Firminy", State.CONCERTATION, (), "Délibération", "circuit_state"),
        ("Firminy", State.VALIDATED_EPCI, ("Firminy",), "Délibération", "circuit_commune"),
        ("Firminy", State.VALIDATED_EPCI, (), "", "circuit_act"),
        ("Lyon", State.VALIDATED_EPCI, (), "Délibération", "circuit_commune"),
    ],
)
def test_a_commune_validates_in_its_turn(commune, state, validated, act, reason):
    verdict = may_validate(commune, facts(state, validated=validated, act=act))
    assert [r.code for r in verdict.refusals()] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((), State.VALIDATED_STEERING),
        ((Party("A"),), State.VALIDATED_STEERING),
        ((Party("A", refusal="Non"),), State.VALIDATED_STEERING),
        ((SIGNED, Party("B")), State.PARTLY_SIGNED),
        ((SIGNED, Party("B", refusal="  ")), State.PARTLY_SIGNED),
        ((SIGNED, Party("B", refusal="Délibération contraire")), State.SIGNED),
        ((SIGNED, Party("B", mandatory=False)), State.SIGNED),
    ],
)
def test_signatures_alone_decide_the_state(said, state):
    assert signed_state(said) is state


def test_nobody_signs_before_the_steering_committee_nor_twice_nor_tomorrow():
    assert may_sign(Party("A"), facts(State.VALIDATED_COMMUNES)).ok is False
    assert may_sign(SIGNED, facts(State.PARTLY_SIGNED)).ok is False
    assert may_sign(Party("A"), facts(State.PARTLY_SIGNED, on=TODAY + timedelta(1))).ok is False
    assert may_sign(Party("A"), facts(State.PARTLY_SIGNED, on=DAY - timedelta(9))).ok
    assert may_sign(Party("A", mandatory=False), facts(State.IN_FORCE)).ok
    assert may_sign(Party("A"), facts(State.IN_FORCE)).ok is False


parties = st.lists(
    st.builds(
        Party,
        name=st.sampled_from("ABCD"),
        mandatory=st.booleans(),
        signed_on=st.sampled_from([None, DAY]),
        refusal=st.sampled_from(["", " ", "Non"]),
    ),
    max_size=4,
).map(tuple)
communes = st.sets(st.sampled_from(["X", "Y", "Z"])).map(lambda names: tuple(sorted(names)))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(list(Act)), parties, communes), max_size=25))
def test_no_sequence_of_acts_reaches_signed_without_every_commune_and_every_party(sequence):
    """Refused or accepted, whatever is tried, in any order."""
    state, passed = State.NONE, set()
    for act, said, validated in sequence:
        told = facts(state, parties=said, validated=validated, communes=("X", "Y"), ends_on=TODAY)
        if not may_move(act, told).ok:
            continue
        if act is Act.VALIDATE_COMMUNES:
            assert {"X", "Y"} <= set(validated)
        if act is Act.SIGN:
            assert not awaited(said)
            assert {Act.VALIDATE_EPCI, Act.VALIDATE_COMMUNES, Act.VALIDATE_STEERING} <= passed
        passed = set() if act is Act.SEND_BACK else passed | {act}
        state = BY_ACT[act].target
    if state is State.SIGNED:
        assert Act.VALIDATE_STEERING in passed


def test_every_act_and_every_state_is_in_the_table_and_none_starts_from_everywhere():
    assert set(BY_ACT) == set(Act)
    assert {t.target for t in TRANSITIONS} == set(State) - {State.NONE}
    assert set(STATE_NAMES) == set(State)
    assert all(0 < len(t.sources) < len(State) - 5 for t in TRANSITIONS)
    assert not set(OPEN_TEXT) & set(SIGNED_TEXT)
    assert set(ALIVE) < set(SIGNED_TEXT)


def test_a_convention_has_its_own_table():
    act, state = convention_circuit.Act, convention_circuit.State
    told = {"on": TODAY, "today": TODAY, "starts_on": DAY, "ends_on": DAY}
    judge = convention_circuit.may_move
    assert judge(act.ACTIVATE, convention_circuit.Facts(state.SIGNED, **told)).ok
    assert judge(act.ACTIVATE, convention_circuit.Facts(state.DRAFT, **told)).ok is False
    assert judge(act.ACTIVATE, convention_circuit.Facts(state.SIGNED, TODAY, TODAY)).ok is False
    assert judge(act.END, convention_circuit.Facts(state.ACTIVE, **told)).ok
    assert judge(act.END, convention_circuit.Facts(state.ACTIVE, TODAY, TODAY, DAY, TODAY)).ok is False
    assert judge(act.REPLACE, convention_circuit.Facts(state.ENDED, **told)).ok is False
    assert judge(act.REPLACE, convention_circuit.Facts(state.ENDED, successor=state.SIGNED, **told)).ok
    assert convention_circuit.signed_state([SIGNED, Party("B")]) is state.DRAFT
    assert convention_circuit.signed_state([SIGNED, Party("B", refusal="Non")]) is state.SIGNED


@pytest.mark.parametrize("name", PAGES)
def test_the_drawings_in_the_documentation_are_up_to_date(name):
    assert (DOCS / name).read_text() == page(name), "run: python tools/draw_path.py"


def test_the_drawing_names_every_state():
    assert all(f" {state.value} :" in diagram() for state in State if state)
