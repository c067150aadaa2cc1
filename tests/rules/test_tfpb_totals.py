"""Whatever a landlord writes: valued never exceeds the cost, the sum by axis is the sum of the year."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.tfpb import Action, Axis, Evidence, by_axis, judge_action, use_of

CENTS = st.integers(0, 10**9)
ACTIONS = st.builds(
    Action,
    code=st.text(min_size=1, max_size=8),
    axis=st.sampled_from(Axis),
    year=st.integers(2025, 2027),
    cost_cents=CENTS,
    ordinary_cents=CENTS,
    recovered_cents=CENTS,
    funded_cents=CENTS,
    valued_cents=CENTS,
    evidence=st.frozensets(st.sampled_from(Evidence)),
)


@given(ACTIONS)
def test_what_is_accepted_never_exceeds_what_was_spent(action):
    if judge_action(action).ok:
        assert 0 <= action.valued_cents <= action.ceiling_cents <= action.cost_cents


@given(st.lists(ACTIONS, max_size=12), CENTS)
def test_the_sum_by_axis_is_the_sum_by_year(actions, rebate):
    years = [use_of(year, rebate, actions) for year in (2025, 2026, 2027)]
    axes = by_axis(actions)
    assert len(axes) == 8
    assert sum(cost for cost, _valued in axes.values()) == sum(use.cost_cents for use in years)
    assert sum(valued for _cost, valued in axes.values()) == sum(use.valued_cents for use in years)


@given(st.lists(ACTIONS, max_size=12), CENTS)
def test_the_share_is_exact_and_nothing_unproved_counts(actions, rebate):
    use = use_of(2026, rebate, actions)
    assert 0 <= use.justified_cents <= use.valued_cents
    assert use.share == (Fraction(use.justified_cents, rebate) if rebate else None)
    assert use.justified_cents + use.missing_cents >= rebate
