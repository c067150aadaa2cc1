"""Who qualifies, where and why: the tables of the texts, and what must hold whatever the figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.designation import (
    Facts,
    Geography,
    ListedNeighbourhood,
    audit,
    eligible_urban_unit,
    income_ceiling,
    judge,
    overseas_income_ceiling,
)
from faubourg.territories import pack

A_DAY = date(2024, 1, 1)
CENTRE = {
    "judged_on": A_DAY,
    "population": 3000,
    "continuous": True,
    "median_income": 10_900,
    "urban_unit_population": 279_540,
    "urban_unit_median": 21_000,
    "national_median": 20_000,
}
# A range wide enough for any country and any century.
PEOPLE = st.integers(0, 20_000_000)
EUROS = st.integers(0, 200_000)
# Wide as the others, and often near where the answer changes.
AROUND_THE_CEILING, AROUND_A_THOUSAND = st.integers(0, 30_000) | EUROS, st.integers(0, 2_000) | PEOPLE


@pytest.mark.parametrize(
    ("national", "urban_unit", "great", "ceiling"),
    [
        (18749, 18749, False, 11300),
        (20000, 20000, False, 12000),
        (20000, 20001, False, 12100),
        (20000, 22000, False, 12400),
        (20000, 22000, True, 12900),
    ],
)
def test_the_income_ceiling(national, urban_unit, great, ceiling):
    assert income_ceiling(national=national, urban_unit=urban_unit, great=great) == ceiling


@pytest.mark.parametrize(
    ("metropolitan", "departement", "ceiling"),
    [(20000, 20000, 12000), (20000, 15000, 9900), (20000, 15001, 10000)],
)
def test_the_overseas_income_ceiling(metropolitan, departement, ceiling):
    assert overseas_income_ceiling(metropolitan=metropolitan, departement=departement) == ceiling


@pytest.mark.parametrize(("people", "eligible"), [(9900, False), (9901, True), (9941, True), (10000, True)])
def test_the_urban_unit_is_rounded_up_to_the_hundred(people, eligible):
    assert eligible_urban_unit(people) is eligible


@pytest.mark.parametrize(
    ("changed", "ok", "code"),
    [
        ({}, True, None),
        ({"population": 1000}, True, None),
        ({"population": 999}, False, "population"),
        ({"population": None}, None, "population"),
        ({"urban_unit_population": 9900}, False, "urban-unit"),
        ({"urban_unit_population": 9900, "listed_since": date(2015, 1, 1)}, True, None),
        (
            {
                "urban_unit_population": 9900,
                "listed_since": date(2015, 1, 1),
                "judged_on": date(2029, 12, 31),
            },
            True,
            None,
        ),
        (
            {"urban_unit_population": 9900, "listed_since": date(2015, 1, 1), "judged_on": date(2030, 1, 1)},
            False,
            "urban-unit",
        ),
        ({"urban_unit_population": 9900, "listed_since": date(2024, 1, 1)}, False, "urban-unit"),
        ({"median_income": 12_199}, True, None),
        ({"median_income": 12_200}, False, "income"),
        ({"median_income": None}, None, "income"),
        ({"continuous": False}, False, "continuity"),
        ({"continuous": None}, None, "continuity"),
    ],
)
def test_the_hexagon(changed, ok, code):
    verdict = judge(Facts(**(CENTRE | changed)))
    assert verdict.ok is ok
    if code:
        reason = next(reason for reason in verdict.reasons if reason.code == code)
        assert reason.met is ok
        assert reason.source


def test_what_a_page_printed_is_shown_and_does_not_decide():
    """Seed B says « plus de 10 000 » and mentions density: exactly 10,000 qualifies all the same."""
    verdict = judge(Facts(**(CENTRE | {"urban_unit_population": 10_000})))
    printed = {reason.code: reason for reason in verdict.reasons if not reason.decides}
    assert printed["printed-more-than-10000"].met is False
    assert "densité ne décide pas" in printed["printed-density"].sentence
    assert verdict.ok is True


@pytest.mark.parametrize(
    ("facts", "ok"),
    [
        ({"commune_population": 15_000, "density": 2000.0, "median_income": 9899}, True),
        ({"commune_population": 14_999, "density": 2000.0, "median_income": 9899}, False),
        ({"commune_population": 15_000, "density": 1999.9, "median_income": 9899}, False),
        ({"commune_population": 15_000, "density": 2000.0, "median_income": 9900}, False),
        ({"commune_population": 15_000, "density": None, "median_income": 9899}, None),
    ],
)
def test_overseas_before_2025(facts, ok):
    known = {
        "population": 1000,
        "continuous": True,
        "metropolitan_median": 20_000,
        "departement_median": 15_000,
    }
    assert judge(Facts(judged_on=date(2015, 1, 1), geography=Geography.OVERSEAS, **known, **facts)).ok is ok


def test_overseas_from_2025_is_said_not_to_be_encoded():
    verdict = judge(Facts(judged_on=date(2025, 1, 1), geography=Geography.OVERSEAS, population=5000))
    assert verdict.ok is None
    assert "2024-1211" in verdict.reasons[0].sentence


@pytest.mark.parametrize("answer", [True, False, None])
def test_the_index_is_an_input(answer):
    facts = Facts(
        judged_on=A_DAY, geography=Geography.OVERSEAS_INDEX, population=1000, index_qualifies=answer
    )
    assert judge(facts).ok is answer


@pytest.mark.parametrize("geography", list(Geography))
def test_every_criterion_has_a_french_sentence_filled_and_a_source(geography):
    for reason in judge(Facts(judged_on=A_DAY, geography=geography)).reasons:
        assert "{" not in reason.sentence
        assert reason.sentence.endswith(".")
        assert reason.source


def _with(**changed):
    return judge(Facts(**(CENTRE | changed)))


@given(income=AROUND_THE_CEILING, more=st.integers(1, 50_000))
def test_a_poorer_neighbourhood_never_loses_nor_a_richer_one_gains(income, more):
    poorer, richer = _with(median_income=income), _with(median_income=income + more)
    assert (poorer.ok, richer.ok) in {(True, True), (True, False), (False, False)}


@given(people=AROUND_A_THOUSAND, more=st.integers(0, 100_000))
def test_a_larger_neighbourhood_never_loses(people, more):
    smaller, larger = _with(population=people), _with(population=people + more)
    assert (smaller.ok, larger.ok) in {(True, True), (False, True), (False, False)}


@given(national=EUROS, urban_unit=EUROS, great=st.booleans())
def test_the_ceiling_is_the_next_hundred(national, urban_unit, great):
    ceiling = income_ceiling(national=national, urban_unit=urban_unit, great=great)
    heavy, light = (urban_unit, national) if great else (national, urban_unit)
    exact_in_hundredths = 42 * heavy + 18 * light
    assert ceiling % 100 == 0
    assert ceiling * 100 - 10_000 < exact_in_hundredths <= ceiling * 100


def test_the_published_list():
    """The real list: 17 hexagonal neighbourhoods below the threshold, one of them new and unexplained."""
    result = audit(
        [
            ListedNeighbourhood(line.code, line.name, line.communes, line.evolution)
            for line in pack.qpv_2024()
            if line.hexagonal
        ],
        unit_of_commune={c.code: c.urban_unit for c in pack.communes() if c.urban_unit},
        population_of_unit={u.code: u.total_population for u in pack.urban_units() if u.total_population},
    )
    assert (result.eligible_units, result.eligible_units_without_rounding, result.great_units) == (
        524,
        511,
        1,
    )
    assert (result.with_one_eligible_commune, result.with_all_communes_eligible) == (1345, 1344)
    assert [line.code for line in result.mixed] == ["QN00201M"]
    assert (len(result.below), len(result.derogation_candidates)) == (17, 16)
    assert [line.code for line in result.unexplained] == ["QN01371N"]
