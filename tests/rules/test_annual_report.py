"""The annual report: one table, a month that is a month, a silence that is favourable."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.annual_report import (
    BY_ACT,
    STATE_NAMES,
    TRANSITIONS,
    Act,
    Asked,
    State,
    deemed_favourable,
    diagram,
    first_closing_day,
    last_day_to_answer,
    may_answer,
    may_close,
    may_deliberate,
    may_open,
    may_send,
    may_set_delay,
    may_start,
)

SENT, DUE = date(2024, 3, 15), date(2024, 4, 15)
DAYS = st.dates(date(2015, 9, 6), date(2040, 12, 31))
THE_WAY = (
    (Act.OPEN, State.NONE, State.DRAFT),
    (Act.SEND, State.DRAFT, State.CONSULTED),
    (Act.TAKE_BACK, State.CONSULTED, State.DRAFT),
    (Act.CLOSE, State.CONSULTED, State.HEARD),
    (Act.DELIBERATE, State.HEARD, State.DELIBERATED),
    (Act.PUBLISH, State.DELIBERATED, State.PUBLISHED),
)


@pytest.mark.parametrize(("act", "source", "target"), THE_WAY)
def test_the_way_from_opening_to_publication(act, source, target):
    assert BY_ACT[act].target is target
    assert may_start(act, source).ok


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda t: t.act)
@pytest.mark.parametrize("state", State, ids=lambda s: s.name)
def test_an_act_starts_from_the_states_it_names_and_says_why_not_elsewhere(transition, state):
    verdict = may_start(transition.act, state)
    assert verdict.ok is (state in transition.sources)
    assert verdict.ok or STATE_NAMES[state] in verdict.refusals()[0].sentence


# A month is counted from day to day; a month too short ends it on its last day.
MONTHS = (
    (date(2024, 3, 15), date(2024, 4, 15)),
    (date(2023, 1, 31), date(2023, 2, 28)),
    (date(2024, 1, 31), date(2024, 2, 29)),
    (date(2024, 8, 31), date(2024, 9, 30)),
    (date(2024, 12, 31), date(2025, 1, 31)),
    (date(2024, 12, 1), date(2025, 1, 1)),
)


@pytest.mark.parametrize(("sent", "due"), MONTHS)
def test_a_month_ends_on_the_same_day_or_on_the_last_one(sent, due):
    assert last_day_to_answer(sent) == due


@given(DAYS)
def test_a_month_is_never_shorter_than_the_shortest_nor_longer_than_the_longest(sent):
    assert timedelta(days=28) <= last_day_to_answer(sent) - sent <= timedelta(days=31)


@pytest.mark.parametrize(
    ("reply_by", "ok"), [(DUE, True), (DUE + timedelta(9), True), (DUE - timedelta(1), False)]
)
def test_the_delay_may_be_longer_and_never_shorter(reply_by, ok):
    verdict = may_set_delay(SENT, reply_by)
    assert verdict.ok is ok
    assert ok or verdict.refusals()[0].threshold == DUE


def asked(name="Saint-Étienne", answered=None, due=DUE):
    return Asked(name, SENT, due, answered)


CLOSINGS = (
    ("nobody answered, on the last day", [asked()], DUE, False),
    ("nobody answered, the day after", [asked()], DUE + timedelta(1), True),
    ("all answered, the day after sending", [asked(answered=SENT)], SENT + timedelta(1), True),
    ("one of two is silent", [asked(answered=SENT), asked("Firminy")], DUE, False),
    (
        "the longest delay counts",
        [asked(), asked("Firminy", due=DUE + timedelta(5))],
        DUE + timedelta(2),
        False,
    ),
)


@pytest.mark.parametrize(("case", "opinions", "on", "ok"), CLOSINGS, ids=[case for case, *_ in CLOSINGS])
def test_it_closes_after_a_month_or_when_all_have_answered(case, opinions, on, ok):
    assert may_close(State.CONSULTED, opinions, on=on).ok is ok


def test_closing_too_early_says_the_first_day_and_who_is_awaited():
    refusal = may_close(State.CONSULTED, [asked("Firminy")], on=SENT).refusals()[0]
    assert (refusal.threshold, refusal.operand) == (date(2024, 4, 16), SENT)
    assert "Firminy" in refusal.sentence
    assert str(refusal.source).startswith("décret n° 2015-1118")


OPINIONS = st.lists(
    st.builds(
        lambda due, answered: Asked(
            "x", SENT, SENT + timedelta(due), SENT + timedelta(answered) if answered else None
        ),
        st.integers(28, 90),
        st.none() | st.integers(1, 90),
    ),
    min_size=1,
    max_size=12,
)


@given(OPINIONS, st.integers(0, 120))
def test_it_closes_exactly_from_the_first_day_on(opinions, days):
    on, first = SENT + timedelta(days), first_closing_day(opinions)
    assert may_close(State.CONSULTED, opinions, on=on).ok is (first is None or on >= first)
    assert len(deemed_favourable(opinions)) == sum(each.answered_on is None for each in opinions)


SENDABLE = {
    "year": 2023,
    "councils": 2,
    "bodies": 1,
    "why_no_body": "",
    "perspectives": "Agir.",
    "sent_on": SENT,
    "today": SENT,
    "proof": "",
}
REFUSED = (
    ({"councils": 0}, "report_councils"),
    ({"bodies": 0}, "report_bodies"),
    ({"perspectives": " "}, "report_perspectives"),
    ({"sent_on": date(2023, 12, 31)}, "report_sent"),
    ({"sent_on": SENT + timedelta(1)}, "report_sent"),
    ({"sent_on": SENT - timedelta(1)}, "report_proof"),
)


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_a_project_is_not_sent_half_way(change, code):
    assert may_send(State.DRAFT, **SENDABLE).ok
    assert [r.code for r in may_send(State.DRAFT, **SENDABLE | change).refusals()] == [code]


def test_a_quarter_without_body_says_why_and_a_letter_of_before_says_how():
    assert may_send(State.DRAFT, **SENDABLE | {"bodies": 0, "why_no_body": "Aucun n’est constitué."}).ok
    assert may_send(State.DRAFT, **SENDABLE | {"sent_on": SENT - timedelta(40), "proof": "Courriel"}).ok


@pytest.mark.parametrize(
    ("state", "on", "ok"),
    [
        (State.CONSULTED, SENT, True),
        (State.CONSULTED, DUE + timedelta(3), True),  # late, and still worth more than a silence
        (State.CONSULTED, SENT - timedelta(1), False),
        (State.CONSULTED, DUE + timedelta(6), False),  # not come yet
        (State.HEARD, SENT, False),
        (State.DRAFT, SENT, False),
    ],
)
def test_an_opinion_is_recorded_while_the_consultation_is_open(state, on, ok):
    assert may_answer(asked(), state=state, on=on, today=DUE + timedelta(5)).ok is ok


@pytest.mark.parametrize(("year", "ok"), [(2023, True), (2024, False), (2025, False)])
def test_a_report_tells_a_year_that_is_over(year, ok):
    assert may_open(State.NONE, year=year, on=date(2024, 1, 1)).ok is ok
    assert may_open(State.DRAFT, year=year, on=date(2024, 1, 1)).ok is False


@pytest.mark.parametrize(
    ("on", "observed", "follow_up", "codes"),
    [
        (DUE, 0, "", []),
        (DUE, 2, "Retenu : la desserte.", []),
        (DUE, 2, "", ["report_follow_up"]),
        (SENT, 0, "", ["report_deliberated"]),
        (DUE + timedelta(2), 0, "", ["report_deliberated"]),
    ],
)
def test_the_assembly_answers_the_observations(on, observed, follow_up, codes):
    verdict = may_deliberate(
        State.HEARD, on=on, closed_on=DUE, today=DUE, observed=observed, follow_up=follow_up
    )
    assert [reason.code for reason in verdict.refusals()] == codes


def test_every_act_and_every_state_is_in_the_table():
    assert set(BY_ACT) == set(Act)
    assert {t.target for t in TRANSITIONS} == set(State) - {State.NONE}


def test_the_drawing_in_the_documentation_is_up_to_date():
    page = Path(__file__).parents[2] / "docs" / "annual-report.md"
    assert diagram() in page.read_text(), "run: python tools/draw_path.py"
