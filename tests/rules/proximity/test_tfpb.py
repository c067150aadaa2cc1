"""The rebate on the property tax: signed in time, plan, share justified, alerts, rows for the prefect."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.tfpb import (
    REQUIRED,
    Action,
    Axis,
    Evidence,
    by_axis,
    judge_action,
    judge_evidence,
    judge_plan,
    judge_use,
    use_of,
)
from faubourg.rules.proximity.tfpb_alerts import COLUMNS, Agreement, alerts, review_due, rows
from faubourg.rules.proximity.tfpb_law import VINTAGES, judge_signature, rebate_cents, vintage_of

NOW = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("year", "signed", "ok"),
    [
        (2017, date(2017, 3, 31), True),
        (2017, date(2017, 4, 1), False),
        (2018, date(2018, 2, 28), True),
        (2018, date(2018, 3, 1), False),
        (2019, date(2018, 10, 1), True),
        (2019, date(2018, 10, 2), False),
        (2024, date(2023, 9, 30), True),
        (2025, date(2025, 1, 1), True),
        (2025, date(2025, 1, 2), False),
        (2025, None, False),
        (2026, None, None),
        (2030, date(2029, 12, 31), True),
        (2015, date(2014, 1, 1), False),
        (2031, date(2030, 1, 1), False),
    ],
)
def test_the_convention_is_signed_in_time(year, signed, ok):
    verdict = judge_signature(year, signed, NOW)
    assert verdict.ok is ok
    assert all(reason.sentence and reason.source for reason in verdict.reasons)


def test_a_day_that_the_state_sets_later_counts_and_an_old_text_is_marked_to_be_checked():
    assert judge_signature(2025, date(2025, 3, 10), NOW, dispensation=date(2025, 3, 31)).ok
    assert not judge_signature(2025, date(2025, 4, 1), NOW, dispensation=date(2025, 3, 31)).ok
    assert "tfpb-unchecked" in [one.code for one in judge_signature(2020, date(2019, 9, 1), NOW).reasons]


def test_each_year_from_2016_to_2030_has_one_vintage():
    assert [year for one in VINTAGES for year in range(one.first, one.last + 1)] == list(range(2016, 2031))
    assert vintage_of(2015) is None


@pytest.mark.parametrize(("tax", "rebate"), [(0, 0), (1, 0), (2, 1), (5, 2), (100_001, 30_000), (100, 30)])
def test_thirty_per_cent_to_the_cent(tax, rebate):
    assert rebate_cents(tax) == rebate


# --- Actions and their evidence ---------------------------------------------------------------------------

PAPER = frozenset({Evidence.DOCUMENT})
EVERYTHING = frozenset(Evidence)
ACTION = Action("A1", Axis.EXTRA_UPKEEP, 2025, 1_000_00, 300_00, 100_00, 100_00, 500_00, EVERYTHING)


@pytest.mark.parametrize(
    ("changed", "ok"),
    [
        ({}, True),
        ({"valued_cents": 500_01}, False),
        ({"valued_cents": 0}, True),
        ({"ordinary_cents": 2_000_00, "valued_cents": 0}, True),
        ({"ordinary_cents": 2_000_00, "valued_cents": 1}, False),
        ({"valued_cents": -1}, False),
        ({"cost_cents": -1, "valued_cents": 0}, False),
    ],
)
def test_only_what_exceeds_ordinary_management_is_valued(changed, ok):
    assert judge_action(replace(ACTION, **changed)).ok is ok


def test_small_works_under_urban_renewal_are_pointed_out():
    works = replace(ACTION, axis=Axis.SMALL_WORKS)
    verdict = judge_action(works, renewed=True)
    assert verdict.ok
    assert "tfpb-renewed" in [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("axis", "evidence", "ok"),
    [
        (Axis.PRESENCE, PAPER, True),
        (Axis.PRESENCE, frozenset({Evidence.PHOTO}), False),
        (Axis.TOGETHERNESS, frozenset({Evidence.PHOTO}), True),
        (Axis.WASTE, PAPER, False),
        (Axis.WASTE, PAPER | {Evidence.CLOSED_REPORT}, True),
        (Axis.SMALL_WORKS, PAPER | {Evidence.PHOTO}, False),
        (Axis.SMALL_WORKS, PAPER | {Evidence.PHOTO, Evidence.RESIDENT_CHECK}, True),
    ],
)
def test_each_axis_has_its_evidence(axis, evidence, ok):
    assert judge_evidence(replace(ACTION, axis=axis, evidence=evidence)).ok is ok
    assert set(REQUIRED) == set(Axis)


PLAN = [replace(ACTION, code=f"A{year}", year=year) for year in (2025, 2026, 2027)]


@pytest.mark.parametrize(
    ("actions", "codes"),
    [
        (PLAN, []),
        (PLAN[:2], ["plan-years"]),
        ([], ["plan-years"]),
        ([*PLAN, replace(ACTION, year=2028)], ["plan-outside"]),
        ([*PLAN, replace(ACTION, cost_cents=0, valued_cents=0)], ["plan-amounts"]),
        ([*PLAN, replace(ACTION, valued_cents=900_00)], ["plan-amounts"]),
    ],
)
def test_the_three_year_plan(actions, codes):
    verdict = judge_plan(2025, actions)
    assert [reason.code for reason in verdict.refusals()] == codes
    assert "plan-axes" in [reason.code for reason in verdict.reasons if reason.met is False]


@pytest.mark.parametrize(
    ("rebate", "actions", "share", "missing"),
    [
        (1_500_00, [ACTION], Fraction(1, 3), 1_000_00),
        (500_00, [ACTION], Fraction(1), 0),
        (500_00, [replace(ACTION, valued_cents=900_00)], Fraction(1), 0),
        (500_00, [replace(ACTION, evidence=PAPER)], Fraction(0), 500_00),
        (500_00, [replace(ACTION, year=2026)], Fraction(0), 500_00),
        (100_00, [ACTION, ACTION], Fraction(10), 0),
        (0, [ACTION], None, 0),
    ],
)
def test_how_much_of_the_rebate_is_justified(rebate, actions, share, missing):
    use = use_of(2025, rebate, actions)
    assert (use.share, use.missing_cents) == (share, missing)
    assert judge_use(use).met is (None if share is None else not missing)


CENTS = st.integers(0, 10**9)
ACTIONS = st.lists(
    st.builds(
        Action, st.just("a"), st.sampled_from(Axis), st.integers(2025, 2027), *[CENTS] * 5,
        st.frozensets(st.sampled_from(Evidence)),
    ),
    max_size=8,
)  # fmt: skip


@given(ACTIONS, CENTS)
def test_nothing_is_justified_twice_nor_beyond_what_was_spent(actions, rebate):
    use = use_of(2025, rebate, actions)
    told = [action for action in actions if action.year == 2025]
    assert 0 <= use.justified_cents <= use.cost_cents == sum(action.cost_cents for action in told)
    assert use.missing_cents + min(use.justified_cents, rebate) == rebate
    assert sum(cost for cost, _ in by_axis(told).values()) == use.cost_cents
    assert set(by_axis(told)) == set(Axis)


@pytest.mark.parametrize("wrong", [lambda: use_of(2025, -1, []), lambda: rebate_cents(-1)])
def test_an_amount_is_never_negative(wrong):
    with pytest.raises(ValueError, match="never negative"):
        wrong()


# --- Alerts -----------------------------------------------------------------------------------------------

IN_ORDER = Agreement(2025, date(2024, 12, 1), has_plan=True)
REVIEWED = replace(IN_ORDER, review_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("agreement", "on", "codes"),
    [
        (IN_ORDER, date(2025, 6, 1), []),
        (Agreement(2026, None, has_plan=False), date(2025, 6, 1), []),
        (Agreement(2026, None, has_plan=False), date(2025, 11, 1), ["tfpb-signed", "tfpb-plan"]),
        (Agreement(2025, None, has_plan=True), date(2025, 1, 2), ["tfpb-signed"]),
        (replace(IN_ORDER, has_plan=False), date(2025, 6, 1), ["tfpb-plan"]),
        (IN_ORDER, date(2026, 3, 1), ["tfpb-review"]),
        (IN_ORDER, date(2026, 4, 1), ["tfpb-review"]),
        (REVIEWED, date(2026, 4, 1), ["tfpb-cosign-authority", "tfpb-cosign-state"]),
        (
            replace(REVIEWED, cosigned_by_authority_on=date(2026, 5, 1)),
            date(2026, 6, 1),
            ["tfpb-cosign-state"],
        ),
        (replace(REVIEWED, cosigned_by_authority_on=NOW, cosigned_by_state_on=NOW), date(2026, 6, 1), []),
        (Agreement(2031, None, has_plan=False), date(2025, 6, 1), ["tfpb-vintage"]),
    ],
)
def test_what_is_missing_is_told_in_time(agreement, on, codes):
    found = alerts(agreement, on)
    assert [reason.code for reason in found] == codes
    assert all(reason.sentence for reason in found)


def test_the_rows_for_the_prefect_are_in_order_and_as_wide_as_their_header():
    found = rows("Bailleur", [replace(ACTION, code="B", neighbourhood="QN1"), ACTION])
    assert [row[5] for row in found] == ["A1", "B"]
    assert {len(row) for row in found} == {len(COLUMNS)}
    assert review_due(2025) == date(2026, 3, 31)
