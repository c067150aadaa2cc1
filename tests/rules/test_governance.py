"""How a contract is steered: seats, agenda, quorum, meetings, clashes, promises; tables, then properties."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.governance import agenda, clashes, meetings, promises, quorum, seats

# --- Is the seat held? ------------------------------------------------------------------------------------

TODAY = date(2024, 6, 1)
IN_FORCE = seats.Term(True, date(2024, 1, 1))
OVER = seats.Term(True, date(2020, 1, 1), date(2024, 5, 31))
LAST_DAY = seats.Term(True, date(2020, 1, 1), TODAY)
COMING = seats.Term(True, date(2024, 9, 1))
ALTERNATE = seats.Term(False, date(2024, 1, 1))


@pytest.mark.parametrize(
    ("terms", "answer", "codes"),
    [
        ([IN_FORCE], True, []),
        ([LAST_DAY], True, []),
        ([OVER], False, ["ended"]),
        ([], False, ["never_held"]),
        ([ALTERNATE], False, ["never_held", "alternate"]),
        ([OVER, COMING, ALTERNATE], False, ["ended", "coming", "alternate"]),
    ],
)
def test_a_seat_without_a_titular_is_vacant(terms, answer, codes):
    verdict = seats.held(terms, TODAY)
    assert verdict.ok is answer
    assert [reason.code for reason in verdict.reasons] == codes


@pytest.mark.parametrize(
    ("term", "others", "answer"),
    [
        (COMING, [OVER], True),
        (COMING, [IN_FORCE], False),
        (COMING, [ALTERNATE], True),
        (ALTERNATE, [IN_FORCE, ALTERNATE], True),
        (seats.Term(True, date(2024, 5, 31)), [OVER], False),
        (seats.Term(True, date(2024, 6, 1)), [OVER], True),
        (seats.Term(True, date(2024, 6, 2), date(2024, 6, 1)), [], False),
    ],
)
def test_a_seat_has_one_titular_at_a_time(term, others, answer):
    assert seats.may_begin(term, others).ok is answer


# --- Quorum -----------------------------------------------------------------------------------------------

HERE, AWAY = quorum.Chair(here=True), quorum.Chair(here=False)
EMPTY = quorum.Chair(here=False, vacant=True)
RECUSED, GUEST = quorum.Chair(here=True, recused=True), quorum.Chair(here=True, voice=False)


@pytest.mark.parametrize(
    ("chairs", "share", "needed", "answer"),
    [
        ([HERE, HERE, AWAY, AWAY], 5_000, 2, True),
        ([HERE, AWAY, AWAY, AWAY], 5_000, 2, False),
        ([HERE, HERE, AWAY, AWAY, AWAY], 5_000, 3, False),
        ([HERE, EMPTY, EMPTY], 5_000, 2, False),
        ([HERE, AWAY, RECUSED], 5_000, 1, True),
        ([HERE, AWAY, AWAY, GUEST], 5_000, 2, False),
        ([HERE, HERE, AWAY], 6_667, 3, False),
        ([HERE, HERE, AWAY], 6_666, 2, True),
        ([AWAY], 0, 0, True),
        ([AWAY], None, 0, True),
        ([], 5_000, 0, None),
        ([GUEST], 5_000, 0, None),
    ],
)
def test_the_quorum(chairs, share, needed, answer):
    judged = quorum.judge(chairs, share)
    assert (judged.needed, judged.verdict.ok) == (needed, answer)
    assert all(reason.sentence for reason in judged.verdict.reasons)


CHAIRS = st.lists(
    st.builds(
        quorum.Chair, here=st.booleans(), voice=st.booleans(), recused=st.booleans(), vacant=st.booleans()
    )
)


@given(CHAIRS, st.integers(0, 10_000))
def test_one_more_present_never_loses_a_quorum(chairs, share):
    judged = quorum.judge(chairs, share)
    everybody = [quorum.Chair(True, chair.voice, chair.recused, chair.vacant) for chair in chairs]
    for rank, _chair in enumerate(chairs):
        more = [*chairs[:rank], everybody[rank], *chairs[rank + 1 :]]
        if judged.verdict.ok:
            assert quorum.judge(more, share).verdict.ok
    if judged.seats:
        assert quorum.judge(everybody, share).verdict.ok
    assert 0 <= judged.needed <= judged.seats


@given(st.integers(0, 500), st.integers(0, 10_000))
def test_what_is_needed_is_the_smallest_number_that_reaches_the_share(chairs, share):
    needed = quorum.needed_of(chairs, share)
    assert needed * 10_000 >= share * chairs
    assert needed == 0 or (needed - 1) * 10_000 < share * chairs


# --- Agenda -----------------------------------------------------------------------------------------------

T, S, O = (agenda.Point(part, 30) for part in agenda.Part)  # noqa: E741


@pytest.mark.parametrize(
    ("points", "length", "two_parts", "codes"),
    [
        ([T, S], 90, True, []),
        ([T], 90, True, ["no_social"]),
        ([S], 90, True, ["no_technical"]),
        ([S, T], 90, True, ["mixed"]),
        ([O], 90, True, ["no_technical", "no_social"]),
        ([T], 90, False, []),
        ([T, T, S, S], 90, True, ["too_long"]),
        ([T, T, S, S], None, True, []),
        ([T, agenda.Point(agenda.Part.SOCIAL)], 90, True, ["untimed"]),
        ([], 90, True, []),
    ],
)
def test_an_agenda_is_warned_of_and_never_refused(points, length, two_parts, codes):
    verdict = agenda.judge(points, length=length, two_parts=two_parts)
    assert [reason.code for reason in verdict.reasons] == codes
    assert verdict.ok is True


# --- The life of a meeting --------------------------------------------------------------------------------

STARTS = datetime(2024, 6, 1, 9, 30)
State, Act = meetings.State, meetings.Act


def facts(state, hours=-24, points=3, reason="parce que", validated=False):
    at = STARTS + timedelta(hours=hours)
    return meetings.Facts(State(state), STARTS, at, points, reason, validated)


@pytest.mark.parametrize(
    ("act", "situation", "refused"),
    [
        ("convene", facts("planned"), []),
        ("convene", facts("planned", points=0), ["agenda"]),
        ("convene", facts("planned", hours=1), ["future"]),
        ("convene", facts("convened"), ["state"]),
        ("convene", facts("cancelled", points=0), ["state", "agenda"]),
        ("hold", facts("convened", hours=0), []),
        ("hold", facts("planned", hours=2), []),
        ("hold", facts("convened", hours=-1), ["begun"]),
        ("hold", facts("held", hours=2), ["state"]),
        ("reopen", facts("held"), []),
        ("reopen", facts("held", reason=" "), ["reason"]),
        ("reopen", facts("held", validated=True), ["minutes"]),
        ("cancel", facts("convened"), []),
        ("cancel", facts("convened", reason=""), ["reason"]),
        ("cancel", facts("held"), ["state"]),
        ("restore", facts("cancelled", reason=""), []),
        ("restore", facts("planned"), ["state"]),
        ("reschedule", facts("convened"), []),
        ("reschedule", facts("held"), ["state"]),
    ],
)
def test_the_table_of_meetings(act, situation, refused):
    verdict = meetings.judge(Act(act), situation)
    assert [reason.code for reason in verdict.refusals()] == refused
    assert verdict.ok is (not refused)


def test_every_act_has_one_row_and_every_state_is_reached():
    assert set(meetings.BY_ACT) == set(Act)
    assert {transition.target for transition in meetings.TABLE} == set(State)
    assert all(transition.sources for transition in meetings.TABLE)


# --- Clashes ----------------------------------------------------------------------------------------------


def slot(key, start, end, people=(), organisations=(), known=True):
    starts, ends = (datetime(2024, 6, 1) + timedelta(hours=hours) for hours in (start, end))
    return clashes.Slot(key, starts, ends, known, frozenset(people), frozenset(organisations))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (slot(1, 9, 11), slot(2, 11, 12), None),
        (slot(1, 9, 11), slot(2, 10, 12), "hours"),
        (slot(1, 9, 11, {"Ana"}), slot(2, 10, 12, {"Ana", "Luc"}), "people"),
        (slot(1, 9, 11, (), {"CAF"}), slot(2, 10, 12, (), {"CAF"}), "organisations"),
        (slot(1, 9, 11, {"Ana"}, {"CAF"}), slot(2, 10, 12, {"Luc"}, {"CAF"}), "organisations"),
        (slot(1, 0, 24, {"Ana"}, known=False), slot(2, 10, 12, {"Ana"}), "day"),
        (slot(1, 9, 11, {"Ana"}), slot(2, 33, 35, {"Ana"}), None),
    ],
)
def test_what_gets_in_the_way_of_a_meeting(one, other, level):
    found = clashes.between(one, other)
    assert (found.level if found else None) == level


NAMES = st.frozensets(st.sampled_from(["Ana", "Luc", "Zoé"]))
SLOTS = st.lists(
    st.builds(
        lambda key, start, length, people, known: slot(key, start, start + length, people, (), known),
        st.integers(0, 10_000),
        st.integers(0, 60),
        st.integers(1, 12),
        NAMES,
        st.booleans(),
    ),
    unique_by=lambda each: each.key,
    max_size=12,
)


@given(SLOTS)
def test_clashes_are_symmetric_and_each_pair_is_told_once(slots):
    found = clashes.among(slots)
    pairs = {frozenset((clash.first, clash.second)) for clash in found}
    assert len(pairs) == len(found)
    expected = {
        frozenset((one.key, other.key))
        for rank, one in enumerate(slots)
        for other in slots[rank + 1 :]
        if clashes.between(one, other)
    }
    assert pairs == expected
    assert clashes.among(slots[::-1]) == found
    for rank, one in enumerate(slots):
        assert all(clashes.between(one, other) == clashes.between(other, one) for other in slots[rank + 1 :])


# --- Promises ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "code", "answer"),
    [
        (date(2024, 6, 2), "ahead", True),
        (TODAY, "today", True),
        (date(2024, 5, 31), "late", False),
        (None, "no_day", None),
    ],
)
def test_lateness_is_computed(due, code, answer):
    verdict = promises.in_time(due, TODAY)
    assert (verdict.reasons[0].code, verdict.ok) == (code, answer)


@pytest.mark.parametrize(
    ("due", "meets", "answer"),
    [
        (date(2024, 6, 9), date(2024, 6, 10), True),
        (date(2024, 6, 10), date(2024, 6, 10), True),
        (date(2024, 6, 11), date(2024, 6, 10), False),
        (None, date(2024, 6, 10), None),
        (date(2024, 6, 9), None, None),
    ],
)
def test_a_promise_is_due_before_the_body_meets_again(due, meets, answer):
    assert promises.before_next(due, meets).ok is answer


@pytest.mark.parametrize(
    ("verdict", "refused"),
    [
        (promises.may_close(is_open=True, evidence="Le PV", has_document=False), []),
        (promises.may_close(is_open=True, evidence=" ", has_document=True), []),
        (promises.may_close(is_open=True, evidence=" ", has_document=False), ["evidence"]),
        (promises.may_close(is_open=False, evidence="", has_document=False), ["state", "evidence"]),
        (promises.may_drop(is_open=True, reason=""), ["evidence"]),
        (promises.may_drop(is_open=True, reason="Sans objet"), []),
        (promises.may_reopen(is_open=False, reason="Erreur"), []),
        (promises.may_reopen(is_open=True, reason=""), ["state", "note"]),
    ],
)
def test_a_decision_ends_with_what_shows_it(verdict, refused):
    assert [reason.code for reason in verdict.refusals()] == refused
