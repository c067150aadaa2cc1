"""The budget of an action on the accounts of the form: balanced to the cent, or told by how much not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls.accounts import ACCOUNTS, CHAPTERS, Side
from faubourg.rules.calls.budget import Budget, Line, judge


@pytest.mark.parametrize(
    ("lines", "ok", "why"),
    [
        ({"601": 1_000, "74com": 300, "74region": 700}, True, []),
        ({"601": 1_000, "74com": 300, "74region": 699.99}, False, ["budget-balance"]),
        ({"601": 1_000, "74com": 300, "74region": 700.01}, False, ["budget-balance"]),
        ({"641": 900, "chgfixe": 100, "74etat": 800, "insufprevisionnel": 200}, True, []),
        ({"601": 1_000, "70x": 1_000, "864": 500}, False, ["budget-in-kind"]),
        ({"601": 1_000, "70x": 1_000, "875": 0.01}, False, ["budget-in-kind"]),
        ({"601": 1_000, "70x": 1_000, "864": 500, "870": 500}, True, []),
        ({"601": 1_000, "70x": 500, "870": 500}, False, ["budget-balance", "budget-in-kind"]),
        ({"601": 1_000, "70x": 1_000, "999": 5}, False, ["budget-account"]),
        ({"601": 1_000, "613": -100, "70x": 900}, False, ["budget-negative"]),
        ({}, False, ["budget-empty"]),
    ],
)
def test_does_the_budget_hold(lines, ok, why):
    verdict = judge([Line(account, round(euros * 100), "Financeur") for account, euros in lines.items()])
    assert verdict.ok is ok
    assert [reason.code for reason in verdict.refusals()] == why


def test_the_difference_is_told_while_one_types():
    verdict = judge([Line("601", 100_000), Line("74com", 88_000, "Ville")])
    assert [r.sentence for r in verdict.refusals()] == [
        "Charges 1\u202f000\u202f€, produits 880\u202f€ : il manque 120\u202f€ de produits."
    ]


def test_a_grant_names_its_funder():
    assert [r.code for r in judge([Line("601", 1), Line("74com", 1, " ")]).refusals()] == ["budget-funder"]


def test_local_and_public_money_and_the_share_that_is_asked():
    budget = Budget(
        (
            Line("601", 300), Line("74com", 90, "Ville"), Line("74com", 10, "Autre ville"),
            Line("74etat", 100, "État"), Line("74aidespriv", 100, "Fondation"), Line("870", 50),
        )
    )  # fmt: skip
    assert budget.local_cents() == {"commune": 100}
    assert budget.public_cents() == 200
    assert budget.rate_bp(100) == 3_333
    assert Budget(()).rate_bp(100) is None
    assert list(budget.by_chapter()) == list(CHAPTERS)


LINES = st.lists(
    st.builds(
        Line,
        account=st.sampled_from([*ACCOUNTS, "?"]),
        cents=st.integers(-100, 10**10),
        funder=st.sampled_from(["", "X"]),
    ),
    max_size=30,
)


@given(LINES)
def test_what_the_verdict_says_is_what_the_lines_add_up_to(lines):
    verdict, budget = judge(lines), Budget(tuple(lines))
    assert all(reason.sentence for reason in verdict.reasons)
    assert sum(budget.by_chapter().values()) == sum(budget.total(side) for side in Side)
    if verdict.ok:
        assert budget.total(Side.CHARGES) == budget.total(Side.PRODUCTS) > 0
        assert budget.total(Side.IN_KIND_USE) == budget.total(Side.IN_KIND_SOURCE)


@given(LINES)
def test_own_resources_and_volunteers_can_always_close_a_sound_budget(lines):
    sound = [Line(x.account, abs(x.cents), "X") for x in lines if x.account in ACCOUNTS] + [Line("601", 1)]
    budget = Budget(tuple(sound))
    gap = budget.total(Side.CHARGES) - budget.total(Side.PRODUCTS)
    kind = budget.total(Side.IN_KIND_USE) - budget.total(Side.IN_KIND_SOURCE)
    closing = [
        Line("insufprevisionnel" if gap > 0 else "excprev", abs(gap)),
        Line("870" if kind > 0 else "864", abs(kind)),
    ]
    assert judge([*sound, *closing]).ok
