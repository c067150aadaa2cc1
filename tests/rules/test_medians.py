"""Where a territory stands among those of its kind."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.medians import MINIMUM_PUBLISHED, Median, Position, median_of, stand

D = Decimal


@pytest.mark.parametrize(
    ("values", "median", "published", "silent"),
    [
        ([], None, 0, 0),
        ([None, None], None, 0, 2),
        ([D(3)], D(3), 1, 0),
        ([D(1), D(2)], D("1.5"), 2, 0),
        ([D(9), D(1), None, D(5)], D(5), 3, 1),
        ([D("10.1"), D("10.2"), D("10.4"), D("10.9")], D("10.3"), 4, 0),
    ],
)
def test_the_median_counts_who_publishes_and_who_does_not(values, median, published, silent):
    assert median_of(values, vintage="2021") == Median(median, published, silent, "2021")


@given(st.lists(st.decimals(min_value=-1000, max_value=1000, places=2), min_size=1))
def test_as_many_values_lie_under_the_median_as_above(values):
    median = median_of(values, vintage="2021").value
    assert sum(v < median for v in values) <= len(values) / 2
    assert sum(v > median for v in values) <= len(values) / 2


@pytest.mark.parametrize(
    ("value", "position", "gap"),
    [(D(22), Position.ABOVE, D(2)), (D(20), Position.AT, D(0)), (D(15), Position.BELOW, D(-5))],
)
def test_a_value_stands_below_at_or_above(value, position, gap):
    standing = stand(value, "Filosofi 2021", Median(D(20), 227, 3, "Filosofi 2021"))
    assert (standing.position, standing.gap, standing.verdict.ok) == (position, gap, True)


@pytest.mark.parametrize(
    ("value", "vintage", "published", "code"),
    [
        (None, "2021", 227, "no_value"),
        (D(22), "2020", 227, "same_vintage"),
        (D(22), "2021", MINIMUM_PUBLISHED - 1, "enough_published"),
    ],
)
def test_what_must_not_be_compared_is_refused_with_the_reason(value, vintage, published, code):
    standing = stand(value, vintage, Median(D(20), published, 0, "2021"))
    assert standing.position is None
    assert [reason.code for reason in standing.verdict.refusals()] == [code]
    assert standing.verdict.refusals()[0].sentence
