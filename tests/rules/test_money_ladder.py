"""Levels and origins never mix, nothing is lost in a total, and what is left is never less than nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.money_events import (
    CUT,
    FREEZE,
    RELEASE,
    Event,
    Left,
    NotLeft,
    judge,
    left_of,
    most,
    portion,
)
from faubourg.rules.money_ladder import (
    DIMENSIONS,
    LEVELS,
    NATURES,
    ORIGINS,
    Amount,
    Cents,
    add,
    is_firm,
    totals,
)

DAY = date(2025, 4, 1)


def amount(level="voted", origin="specific", cents=100, nature="operating", year=2025, funder="Ville"):
    return Amount(level, origin, nature, year, cents, funder)


AMOUNTS = st.lists(
    st.builds(
        Amount,
        level=st.sampled_from(LEVELS),
        origin=st.sampled_from(ORIGINS),
        nature=st.sampled_from(NATURES),
        year=st.integers(2014, 2030),
        cents=st.integers(0, 10**13),
        funder=st.sampled_from(("État", "Ville", "Métropole")),
        heading=st.sampled_from(("", "Axe 1", "Axe 2")),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("level", "firm"),
    [
        ("foreseen", False),
        ("reserved", False),
        ("requested", False),
        ("favourable", False),
        ("voted", True),
        ("notified", True),
        ("committed", True),
        ("paid", True),
        ("justified", True),
        ("frozen", False),
        ("cancelled", False),
        ("unstated", None),
    ],
)
def test_money_is_firm_once_somebody_decided_it(level, firm):
    assert is_firm(level) is firm


def test_totals_follow_the_ladder_and_keep_origins_apart():
    found = totals(
        [amount("voted"), amount("foreseen"), amount("voted", "ordinary"), amount("voted", cents=50)], "year"
    )
    assert list(found.items()) == [
        (("foreseen", "specific", 2025), 100),
        (("voted", "ordinary", 2025), 100),
        (("voted", "specific", 2025), 150),
    ]


def test_a_dimension_that_does_not_exist_is_told():
    with pytest.raises(ValueError, match="colour"):
        totals([], "colour")


@given(AMOUNTS, st.lists(st.sampled_from(DIMENSIONS), unique=True))
def test_any_table_is_conserved_and_never_mixed(amounts, dimensions):
    found = totals(amounts, *dimensions)
    assert sum(found.values()) == sum(each.cents for each in amounts)
    for (level, origin, *_others), cents in found.items():
        together = [each.cents for each in amounts if (each.level, each.origin) == (level, origin)]
        assert cents <= sum(together)
    by_pair = totals(amounts)
    for pair, cents in by_pair.items():
        assert cents == sum(value for key, value in found.items() if key[:2] == pair)


@given(AMOUNTS)
def test_an_addition_is_refused_exactly_when_it_would_mix(amounts):
    found = add(amounts)
    mixed = len({each.level for each in amounts}) > 1 or len({each.origin for each in amounts}) > 1
    assert (found.cents is None) is mixed
    assert found.verdict.ok is not mixed
    if not mixed:
        assert found.cents == sum(each.cents for each in amounts)


def test_a_refused_addition_says_why_in_words():
    words = {"voted": "voté", "foreseen": "envisagé", "ordinary": "droit commun"}
    refused = add([amount("voted"), amount("foreseen", "ordinary")], words).verdict.refusals()
    assert [reason.code for reason in refused] == ["one-level", "one-origin"]
    assert "envisagé, voté" in refused[0].sentence
    assert "droit commun" in refused[1].sentence


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ([], Left(1000)),
        ([(FREEZE, 80)], Left(920, 80)),
        ([(FREEZE, 80), (RELEASE, 30)], Left(950, 50)),
        ([(FREEZE, 80), (CUT, 80)], Left(920, 0, 80)),
        ([(FREEZE, 80), (CUT, 100)], Left(900, 0, 100)),
        ([(CUT, 1000)], Left(0, 0, 1000)),
    ],
)
def test_what_is_left(events, left):
    dated = [Event(kind, cents, DAY + timedelta(days=n)) for n, (kind, cents) in enumerate(events)]
    assert left_of(1000, dated) == left


@pytest.mark.parametrize(
    ("level", "events", "new", "code"),
    [
        ("paid", [], (FREEZE, 1), "spent"),
        ("justified", [], (CUT, 1), "spent"),
        ("frozen", [], (CUT, 1), "stopped"),
        ("voted", [], (FREEZE, 0), "not_positive"),
        ("voted", [], (FREEZE, 1001), "more_than_left"),
        ("voted", [], (RELEASE, 1), "more_than_left"),
        ("voted", [(CUT, 900)], (CUT, 101), "more_than_left"),
        ("voted", [(CUT, 900)], (CUT, 100), None),
        ("unstated", [], (FREEZE, 10), None),
    ],
)
def test_an_event_never_takes_more_than_what_is_left(level, events, new, code):
    before = [Event(kind, cents, DAY, n) for n, (kind, cents) in enumerate(events)]
    verdict = judge(level, 1000, before, Event(*new, DAY, 9))
    assert [reason.code for reason in verdict.refusals()] == ([code] if code else [])


def test_an_event_of_before_may_not_break_one_of_after():
    later = Event(CUT, 900, DAY + timedelta(days=9))
    refused = judge("voted", 1000, [later], Event(CUT, 200, DAY)).refusals()
    assert "changez le jour ou le montant" in refused[0].sentence


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(st.sampled_from((FREEZE, RELEASE, CUT)), st.integers(1, 10**9)), max_size=12),
)
def test_whatever_happens_to_a_line_it_is_conserved(cents, tried):
    kept = []
    for n, (kind, asked) in enumerate(tried):
        event = Event(kind, asked, DAY, n)
        if asked > most(left_of(cents, kept), kind):
            with pytest.raises(NotLeft):
                left_of(cents, [*kept, event])
            continue
        left = left_of(cents, [*kept, event])
        kept.append(event)
        assert left.available + left.frozen + left.cut == cents
        assert min(left.available, left.frozen, left.cut) >= 0
        assert left.standing + left.cut == cents


@pytest.mark.parametrize(
    ("cents", "hundredths", "part"),
    [(1_000_000, 800, 80_000), (1, 5000, 1), (1, 4999, 0), (999, 3333, 333), (0, 800, 0), (7, 10_000, 7)],
)
def test_a_portion_is_to_the_cent(cents, hundredths, part):
    assert portion(cents, hundredths) == part


@given(st.integers(0, 10**13), st.integers(0, 10_000))
def test_a_portion_never_exceeds_the_sum(cents, hundredths):
    assert 0 <= portion(cents, hundredths) <= cents


@pytest.mark.parametrize("hundredths", [-1, 10_001])
def test_a_portion_of_more_than_all_is_refused(hundredths):
    with pytest.raises(ValueError, match="100"):
        portion(100, hundredths)


@pytest.mark.parametrize(("cents", "text"), [(100_000_000, "1 000 000 €"), (1_050, "10,50 €")])
def test_cents_in_a_sentence(cents, text):
    assert f"{Cents(cents)}" == text.replace(" ", "\u202f")
