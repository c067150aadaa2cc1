"""A total announced, set beside what the lines give."""

import pytest

from faubourg.rules.announced import Match, set_beside


@pytest.mark.parametrize(
    ("announced", "counted", "match", "difference"),
    [
        (40_000, 40_400, Match.ROUNDED, 400),  # Auvergne 2016, inhabitants
        (9, 7, Match.FEWER, -2),  # … towns
        (16, 16, Match.SAME, 0),  # … neighbourhoods
        (8, None, Match.UNNAMED, None),  # … in urban renewal
        (40_000, 45_000, Match.MORE, 5_000),
        (40_000, 34_999, Match.FEWER, -5_001),
        (1_250, 1_254, Match.ROUNDED, 4),
        (9, 10, Match.MORE, 1),
        (0, 0, Match.SAME, 0),
        (0, 3, Match.MORE, 3),
    ],
)
def test_a_rounding_is_not_called_an_error(announced, counted, match, difference):
    found = set_beside(announced, counted)
    assert (found.match, found.difference) == (match, difference)
    assert found.reason.sentence
