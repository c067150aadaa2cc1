"""What a jury may decide, what only an override lets through, and when its members are called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls import deliberation as d
from faubourg.rules.calls import sittings

GIVEN = (d.Ask("Région", "operating", 2015, 200_000, 150_000),)


@pytest.mark.parametrize(
    ("decision", "words", "votes", "asks", "refused"),
    [
        ("retained", "", None, GIVEN, []),
        ("retained", "", d.Votes(3, 1, 1), GIVEN, []),
        ("retained", "", d.Votes(2, 2, 0), GIVEN, []),
        ("retained", "", d.Votes(1, 2, 0), GIVEN, ["votes"]),
        ("retained", "", d.Votes(6, 0, 0), GIVEN, ["votes"]),
        ("retained", "", None, (), ["amounts"]),
        ("retained_with_reserves", " ", None, GIVEN, ["reserves"]),
        ("retained_with_reserves", "Un bilan en juin", None, GIVEN, []),
        ("adjourned", "", d.Votes(0, 0, 5), (), ["reason"]),
        ("rejected", "Hors du contrat", d.Votes(1, 4, 0), (), []),
        ("rejected", "Hors du contrat", d.Votes(4, 1, 0), (), ["votes"]),
    ],
)
def test_what_no_override_lets_through(decision, words, votes, asks, refused):
    verdict = d.judge(d.Decision(decision), voters=5, votes=votes, asks=asks, words=words)
    assert [reason.code for reason in verdict.refusals()] == refused
    assert all(reason.sentence for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("asks", "rooms", "broken", "codes"),
    [
        (GIVEN, [d.Room("Région", 150_000, 0, 150_000)], [], []),
        (GIVEN, [d.Room("Région", 150_000, 1, 150_000)], [], ["overrun"]),
        ((d.Ask("Région", "operating", 2015, 100, 101),), [], [], ["beyond_request"]),
        (GIVEN, [], ["La demande est sous le plancher."], ["rule_broken"]),
        (GIVEN, [d.Room("Ville", 0, 500, 0)], [], []),
    ],
)
def test_what_asks_for_a_reason_and_an_author(asks, rooms, broken, codes):
    found = d.needs_override(d.Decision.RETAINED, asks=asks, rooms=rooms, broken=broken)
    assert [reason.code for reason in found.refusals()] == codes
    assert d.needs_override(d.Decision.REJECTED, asks=asks, rooms=rooms, broken=broken).ok


def test_an_overrun_says_by_how_much():
    room = d.Room("Région, fonctionnement, 2015", 1_000_000, 900_000, 150_000)
    (reason,) = d.needs_override(d.Decision.RETAINED, asks=GIVEN, rooms=[room], broken=[]).reasons
    assert "500\u202f€" in reason.sentence
    assert "1\u202f000\u202f€" in reason.sentence


@given(st.text(max_size=5), st.text(max_size=5))
def test_an_override_has_its_reason_and_its_author(reason, author):
    assert d.judge_override(reason, author).ok is bool(reason.strip() and author.strip())


def test_a_jury_never_gives_less_than_nothing():
    with pytest.raises(ValueError, match="less than nothing"):
        d.judge(
            d.Decision.RETAINED, voters=1, votes=None, words="", asks=(d.Ask("R", "operating", 2015, 1, -1),)
        )


SITS = date(2015, 3, 10)


@pytest.mark.parametrize(
    ("invited", "today", "met"),
    [
        (date(2015, 2, 28), SITS, True),
        (date(2015, 3, 1), SITS, False),
        (None, date(2015, 2, 28), None),
        (None, date(2015, 3, 1), False),
    ],
)
def test_the_invitation_leaves_ten_days_before(invited, today, met):
    assert sittings.judge_invitation(SITS, invited, today).met is met


@pytest.mark.parametrize(
    ("announced", "today", "met"),
    [(3, SITS, True), (2, date(2015, 3, 7), None), (2, date(2015, 3, 8), False)],
)
def test_two_days_before_a_lacking_quorum_is_an_alert(announced, today, met):
    assert sittings.judge_announced(SITS, announced, 3, today).met is met
