"""Forces and weaknesses of several diagnoses, theme by theme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.crossing import STRENGTH, WEAKNESS, Finding, agreements, cross

AUBIERE, AULNAT, HOUSING = 1, 2, 3


def fold(text):
    return text.strip().lower().replace("é", "e")


@pytest.mark.parametrize(
    ("findings", "rows"),
    [
        ([], []),
        ([Finding("Mobilité", WEAKNESS, AUBIERE)], [("Mobilité", 1, 0, False)]),
        (
            [Finding("Mobilité", WEAKNESS, AUBIERE), Finding(" mobilite", STRENGTH, AULNAT)],
            [("Mobilité", 1, 1, True)],
        ),
        (
            [Finding("Santé", WEAKNESS, AUBIERE), Finding("Santé", WEAKNESS, AUBIERE)],
            [("Santé", 1, 0, False)],
        ),
        (
            [Finding("A", STRENGTH, AUBIERE), Finding("B", WEAKNESS, AULNAT)],
            [("B", 1, 0, False), ("A", 0, 1, False)],
        ),
    ],
)
def test_a_theme_is_one_row_and_a_holder_counts_once(findings, rows):
    assert [(row.theme, row.weak, row.strong, row.split) for row in cross(findings, fold)] == rows


def test_groups_and_communes_agree_on_one_side_only():
    rows = cross(
        [
            Finding("Logement", WEAKNESS, HOUSING),
            Finding("Logement", WEAKNESS, AUBIERE),
            Finding("Logement", STRENGTH, AULNAT),
            Finding("Santé", WEAKNESS, AUBIERE),
        ],
        fold,
    )
    assert agreements(rows, [HOUSING], [AUBIERE, AULNAT], WEAKNESS) == {(HOUSING, AUBIERE): ("Logement",)}
    assert agreements(rows, [HOUSING], [AUBIERE, AULNAT], STRENGTH) == {}


@given(
    st.lists(
        st.builds(
            Finding,
            st.sampled_from(["A", "a ", "B"]),
            st.sampled_from([STRENGTH, WEAKNESS]),
            st.integers(1, 4),
        )
    )
)
def test_no_point_is_lost_nor_shown_twice(findings):
    shown = [point for row in cross(findings, fold) for said in row.points.values() for point in said]
    assert sorted(map(repr, shown)) == sorted(map(repr, findings))
