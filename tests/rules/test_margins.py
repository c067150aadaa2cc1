"""How far from the threshold, and how the income ceiling is reached."""

from dataclasses import replace
from datetime import date

import pytest

from faubourg.rules.designation import Facts, Geography, formula, judge, margin

FACTS = Facts(
    judged_on=date(2024, 1, 1),
    population=3000,
    continuous=True,
    urban_unit_population=279_540,
    national_median=20_000,
    urban_unit_median=22_000,
    median_income=12_399,
)


def margins(facts):
    return {reason.code: margin(reason) for reason in judge(facts).reasons}


@pytest.mark.parametrize(
    ("changed", "code", "gap", "enough"),
    [
        ({"population": 999}, "population", 1, False),
        ({"population": 1000}, "population", 0, True),
        ({"urban_unit_population": 9901}, "urban-unit", 0, True),
        ({"urban_unit_population": 9900}, "urban-unit", 1, False),
        ({"median_income": 12_399}, "income", 1, True),
        ({"median_income": 12_400}, "income", 0, False),
    ],
)
def test_the_distance_is_what_separates_from_the_other_answer(changed, code, gap, enough):
    found = margins(replace(FACTS, **changed))[code]
    assert (found.gap, found.said.met) == (gap, enough)
    assert found.said.sentence


def test_what_is_unknown_or_not_a_number_has_no_distance():
    found = margins(replace(FACTS, median_income=None))
    assert found["income"] is None
    assert found["continuity"] is None
    assert found["printed-more-than-10000"] is None


@pytest.mark.parametrize(
    ("national", "unit", "people", "ceiling"),
    [
        (18749, 18749, 10_000, 11300),
        (20000, 20000, 10_000, 12000),
        (20000, 20001, 10_000, 12100),
        (20000, 22000, 10_000, 12400),
        (20000, 22000, 5_000_000, 12900),
    ],
)
def test_the_formula_ends_on_the_ceiling_that_decides(national, unit, people, ceiling):
    facts = replace(FACTS, national_median=national, urban_unit_median=unit, urban_unit_population=people)
    found = formula(facts)
    assert found.ceiling == ceiling
    assert 0 <= ceiling - found.exact < 100
    assert str(ceiling) in found.numbers.sentence


def test_no_formula_without_its_medians_nor_where_the_text_has_none():
    assert formula(replace(FACTS, national_median=None)) is None
    assert formula(replace(FACTS, geography=Geography.OVERSEAS_INDEX)) is None
    overseas = replace(
        FACTS, geography=Geography.OVERSEAS, metropolitan_median=20_000, departement_median=15_000
    )
    assert formula(overseas).ceiling == 9900
    assert formula(replace(overseas, judged_on=date(2025, 1, 1))) is None
