"""A residents' fund: its limits, the count of a committee, what an advance leaves to give back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls import fund as rules

VOICES = st.lists(
    st.builds(
        rules.Voice,
        st.sampled_from(["yes", "no", "abstain", "stands_back"]),
        st.none() | st.integers(1, 100_000),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("request_", "fund", "refused"),
    [
        (rules.Request(45_000), rules.Fund(1_000_000, 60_000), set()),
        (rules.Request(60_000), rules.Fund(1_000_000, 60_000), set()),
        (rules.Request(60_001), rules.Fund(1_000_000, 60_000), {"fund_ceiling"}),
        (rules.Request(45_000, nature="investment"), rules.Fund(1_000_000), {"fund_nature"}),
        (rules.Request(45_000, nature="investment"), rules.Fund(1_000_000, operating_only=False), set()),
        (rules.Request(45_000, (30_000, 10_000)), rules.Fund(1_000_000), {"fund_costs"}),
        (rules.Request(45_000, inside=False), rules.Fund(1_000_000), {"fund_place"}),
        (rules.Request(45_000), rules.Fund(1_000_000, open=False), {"fund_open"}),
        (rules.Request(0), rules.Fund(1_000_000), {"fund_something"}),
    ],
)
def test_the_limits_of_a_fund_to_the_cent(request_, fund, refused):
    assert {reason.code for reason in rules.judge(request_, fund).refusals()} == refused


def voices(yes=0, no=0, abstain=0, stands_back=0):
    counts = {"yes": yes, "no": no, "abstain": abstain, "stands_back": stands_back}
    return [rules.Voice(said) for said, times in counts.items() for _ in range(times)]


@pytest.mark.parametrize(
    ("said", "quorum", "granted"),
    [
        (voices(yes=3), 3, True),
        (voices(yes=2, stands_back=1), 3, None),
        (voices(yes=1, no=2), 3, False),
        (voices(yes=1, no=1, abstain=1), 3, None),
        (voices(yes=1, abstain=2), 3, True),
        ([], 1, None),
    ],
)
def test_a_tie_or_a_missing_quorum_decides_nothing(said, quorum, granted):
    assert rules.tally(said, quorum=quorum, asked_cents=45_000).granted is granted


@given(VOICES, st.integers(1, 6), st.integers(1, 80_000))
def test_what_is_granted_is_asked_and_heard(said, quorum, asked):
    told = rules.tally(said, quorum=quorum, asked_cents=asked)
    assert 0 <= told.cents <= asked
    assert (told.granted is None) is (told.heard < quorum or told.yes == told.no)
    assert told.cents == 0 or told.granted
    assert told.heard + told.stood_back == len(said)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_nothing_is_due_beyond_the_advance(advanced, justified, back):
    due = rules.Settlement(advanced, justified, back).due
    assert 0 <= due <= advanced
    assert advanced <= justified + back + due


def test_the_clocks():
    assert rules.advance_due(date(2026, 2, 26), 5) == date(2026, 3, 3)
    assert rules.closing_due(date(2026, 12, 28)) == date(2027, 1, 4)
