"""A number that an address or a button brought is a small whole one, or none."""

import pytest

from faubourg.base.numbers import whole_number


@pytest.mark.parametrize(
    ("text", "read"),
    [("12", 12), ("0", 0), ("012", 12), ("999999999", 999_999_999), ("1" * 10, -1), ("9" * 5000, -1)]
    + [(text, -1) for text in ("", "²", "٣", "-1", "1.0", "1e3", " 1", "x")],
)
def test_read_or_not(text, read):
    assert whole_number(text, -1) == read
