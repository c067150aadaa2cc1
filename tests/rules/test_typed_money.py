"""What somebody types for a sum: read to the cent, or refused with what to write instead."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.typed_money import MOST_CENTS, read_cents


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("10 000", 1_000_000),
        ("10 000,50 €", 1_000_050),
        ("10\u202f000,5", 1_000_050),
        ("10\u00a0000€", 1_000_000),
        ("10000.50", 1_000_050),
        ("1.234,56", 123_456),
        ("1,234.56", 123_456),
        ("1 234 567 euros", 123_456_700),
        ("0", 0),
        ("0,01", 1),
        (12, 1200),
        (1234.5, 123_450),
        (0.1 + 0.2, 30),
        (Decimal("3.20"), 320),
    ],
)
def test_a_sum_is_read_to_the_cent(typed, cents):
    assert read_cents(typed).cents == cents


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_is_neither_zero_nor_wrong(typed):
    found = read_cents(typed)
    assert (found.cents, found.problem) == (None, None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10.000", "doubtful-dot"),
        ("10,000", "doubtful-comma"),
        ("12 k€", "scaled"),
        ("1 00", "badly-grouped"),
        ("dix mille", "not-a-sum"),
        ("=A1", "not-a-sum"),
        ("#REF!", "formula-error"),
        ("-5", "negative-sum"),
        ("−5", "negative-sum"),
        (-5, "negative-sum"),
        ("0,005", "less-than-a-cent"),
        ("0,0051", "less-than-a-cent"),
        (1.234, "less-than-a-cent"),
        (float("nan"), "not-a-sum"),
        (float("inf"), "not-a-sum"),
        (10**12, "too-large-sum"),
        ("8 %", "not-a-sum"),
        (date(2024, 1, 1), "date-for-money"),
        (True, "not-a-sum"),
    ],
)
def test_what_is_doubtful_is_refused_with_a_sentence(typed, code):
    found = read_cents(typed)
    assert found.cents is None
    assert found.problem.code == code
    assert found.problem.sentence


@given(st.integers(0, MOST_CENTS))
def test_what_we_print_is_read_back(cents):
    whole, rest = divmod(cents, 100)
    printed = f"{whole:,}".replace(",", "\u202f") + f",{rest:02d}\u202f€"
    assert read_cents(printed).cents == cents


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    found = read_cents(text)
    assert found.cents is None or found.problem is None
