"""Money after the jury: cuts to the cent, the act that binds, where the money is."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls.binding import Binding, pluriannual_share, propose
from faubourg.rules.calls.cuts import Held, Method, cut_of, spread, to_give_back
from faubourg.rules.calls.money_path import Holder, Mark, Money, clock, where
from faubourg.rules.calls.shares import exact_shares

cents = st.integers(0, 10**9)


@st.composite
def decisions(draw):
    amounts = draw(st.lists(cents, max_size=12))
    return [
        Held(ref, amount, draw(st.integers(0, amount)), draw(st.none() | st.integers(1, 4)))
        for ref, amount in enumerate(amounts)
    ]


@given(cents, st.lists(cents, min_size=1).filter(any))
def test_shares_make_the_sum_and_none_strays_by_a_cent(total, weights):
    shares = exact_shares(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


def test_a_share_is_never_negative_and_a_sum_is_borne():
    assert exact_shares(0, [0, 0]) == (0, 0)
    with pytest.raises(ValueError, match="never negative"):
        exact_shares(-1, [1])
    with pytest.raises(ValueError, match="weight"):
        exact_shares(1, [0])


@given(decisions(), cents, st.sampled_from(Method))
def test_a_cut_takes_what_is_asked_or_all_that_is_unpaid_and_never_what_is_paid(held, cut, method):
    reductions = spread(held, cut, method)
    assert sum(one.taken for one in reductions) == min(cut, sum(one.unpaid for one in held))
    for before, one in zip(held, reductions, strict=True):
        assert one.held is before
        assert before.paid_cents <= one.after <= before.amount_cents


@given(decisions(), cents)
def test_by_priority_nobody_gives_before_who_comes_after_has_given_all(held, cut):
    order = {None: 0, 4: 1, 3: 2, 2: 3, 1: 4}
    reductions = sorted(spread(held, cut, Method.PRIORITY), key=lambda one: order[one.held.rank])
    for first, second in pairwise(reductions):
        if order[first.held.rank] < order[second.held.rank] and second.taken:
            assert first.taken == first.held.unpaid


def test_eight_percent_of_p147():
    """J1.3: 100 000 € programmed in full, one dossier paid, one paid at 70 %."""
    held = [Held(1, 5_000_000, 0, 1), Held(2, 3_000_000, 3_000_000, 2), Held(3, 2_000_000, 1_400_000, 3)]
    cut = cut_of(10_000_000, 800)
    assert cut == 800_000
    assert [one.after for one in spread(held, cut, Method.PRO_RATA)] == [4_285_714, 3_000_000, 1_914_286]
    assert [one.after for one in spread(held, cut, Method.PRIORITY)] == [4_800_000, 3_000_000, 1_400_000]


@pytest.mark.parametrize(
    ("available", "decided", "gives"), [(92, 100, 8), (100, 100, 0), (120, 100, 0), (0, 100, 100)]
)
def test_what_was_not_programmed_gives_first(available, decided, gives):
    assert to_give_back(available, decided) == gives


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_a_rate_is_a_portion(rate):
    with pytest.raises(ValueError, match="100 %"):
        cut_of(1, rate)


@pytest.mark.parametrize("bad", [(-1, Held(1, 1)), (0, Held(1, 1, 2))])
def test_a_cut_is_a_sum_of_what_is_not_paid(bad):
    with pytest.raises(ValueError, match="not paid"):
        spread([bad[1]], bad[0], Method.PRO_RATA)


@pytest.mark.parametrize(
    ("total", "years", "before", "binding", "for_years"),
    [
        (2_300_000, 1, False, Binding.ORDER, 1),
        (2_300_001, 1, False, Binding.CONVENTION, 1),
        (100, 3, False, Binding.PLURIANNUAL, 3),
        (100, 1, True, Binding.PLURIANNUAL, 3),
    ],
)
def test_the_act_that_is_proposed(total, years, before, binding, for_years):
    proposed = propose(total_cents=total, years=years, granted_before=before)
    assert (proposed.binding, proposed.years) == (binding, for_years)
    assert proposed.reason.sentence


@pytest.mark.parametrize(
    ("acts", "bp", "met"),
    [
        ([], None, None),
        (["order", "pluriannual"], 5000, True),
        (["order"] * 2 + ["pluriannual"], 3333, False),
    ],
)
def test_half_is_pluriannual(acts, bp, met):
    share = pluriannual_share(acts)
    assert (share.bp, share.met) == (bp, met)


@pytest.mark.parametrize(
    ("told", "holder"),
    [
        ({"state": "requested"}, Holder.FUNDER),
        ({"state": "refused"}, Holder.NOBODY),
        ({"state": "cancelled"}, Holder.NOBODY),
        ({"state": "voted"}, Holder.FUNDER),
        ({"state": "frozen"}, Holder.FUNDER),
        ({"state": "paid"}, Holder.NOBODY),
        ({"state": "notified", "charter_missing": True}, Holder.YOU),
        ({"state": "notified", "convention_missing": True}, Holder.YOU),
        ({"state": "notified", "convention_missing": True, "signed_by_beneficiary": True}, Holder.FUNDER),
        ({"state": "committed", "bank_missing": True}, Holder.YOU),
        ({"state": "notified"}, Holder.FUNDER),
        ({"state": "committed"}, Holder.FUNDER),
        ({"state": "committed", "ordered": True}, Holder.TREASURY),
        ({"state": "committed", "returned": True}, Holder.YOU),
    ],
)
def test_who_holds_the_file(told, holder):
    found = where(Money(funder="Région", **told))
    assert found.holder is holder
    assert "Région" in found.reason.sentence


@pytest.mark.parametrize(
    ("due", "paid", "on", "mark", "met"),
    [
        (None, None, date(2026, 1, 1), Mark.NONE, None),
        (None, date(2026, 1, 1), date(2026, 1, 1), Mark.PAID, None),
        (date(2026, 3, 2), None, date(2026, 1, 30), Mark.CALM, True),
        (date(2026, 3, 2), None, date(2026, 1, 31), Mark.DAY_30, True),
        (date(2026, 3, 2), None, date(2026, 2, 20), Mark.DAY_50, True),
        (date(2026, 3, 2), None, date(2026, 3, 2), Mark.DAY_50, True),
        (date(2026, 3, 2), None, date(2026, 3, 3), Mark.LATE, False),
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 6, 1), Mark.PAID, True),
        (date(2026, 3, 2), date(2026, 3, 3), date(2026, 6, 1), Mark.PAID, False),
    ],
)
def test_the_sixty_days(due, paid, on, mark, met):
    found = clock(due, paid, on)
    assert (found.mark, found.reason.met) == (mark, met)
    assert found.reason.sentence
