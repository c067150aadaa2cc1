"""Contracts of a place, generations, money by level, the identity of a contract."""

from decimal import Decimal

import pytest

from faubourg.contracts.models import Contract, FundingLine
from faubourg.contracts.queries import (
    contract_by_code,
    contracts_of,
    money_of,
    newest_contract,
    other_generations,
    sheet_of,
)
from faubourg.rules.medians import Position
from tests.factories.contracts import (
    ContractBearerFactory,
    ContractFactory,
    FundingLineFactory,
    LinkFactory,
    SheetFactory,
)
from tests.factories.territories import FigureFactory, IndicatorFactory, PerimeterFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def test_a_code_means_the_newest_generation_unless_one_is_named():
    new, old = (
        ContractFactory(code="CV428"),
        ContractFactory(code="CV428", generation=Contract.Generation.G2015),
    )
    assert newest_contract("CV428") == new
    assert contract_by_code("CV428", "2015-2023") == old
    assert newest_contract("CV999") is None
    assert [(other.contract, other.same_code) for other in other_generations(new)] == [(old, True)]


def test_the_other_generation_is_found_through_the_bearer_when_the_code_changed(town):
    old = ContractFactory(older=True, borne_by=[town.epci])
    contract = contract_by_code(town.contract.code)
    assert [(other.contract, other.same_code) for other in other_generations(contract)] == [(old, False)]


def test_the_contracts_of_a_place_say_how_they_are_known(town):
    [quarter] = contracts_of(town.quarters[0])
    assert quarter.derived
    [epci] = contracts_of(town.epci)
    assert (epci.contract, epci.bearer, epci.derived) == (town.contract, town.epci, False)
    [commune] = contracts_of(town.centre)
    assert commune.bearer == town.epci


def test_a_rejected_quarter_is_no_longer_of_the_contract(town, officer):
    link = town.contract.neighbourhood_links.get(neighbourhood=town.quarters[0])
    link.rejected, link.decided_by = True, officer.ref
    from django.utils import timezone

    link.decided_at = timezone.now()
    link.save()
    assert contracts_of(town.quarters[0]) == []
    identity = sheet_of(contract_by_code(town.contract.code))
    assert [line.place.name for line in identity.quarters] == ["Bêta", "Gamma"]
    assert [rejected.neighbourhood.name for rejected in identity.rejected] == ["Alpha"]


def test_money_of_two_levels_is_never_added(town):
    quarter = town.quarters[0]
    FundingLineFactory(territory=quarter, year=2023, level=FundingLine.Level.RESERVED, amount_cents=1_000_000)
    FundingLineFactory(territory=quarter, year=2024, level=FundingLine.Level.FORESEEN, amount_cents=2_000_000)
    FundingLineFactory(territory=quarter, year=2024, level=FundingLine.Level.FORESEEN, amount_cents=500)
    groups = money_of(town.contract, [quarter.pk])
    assert [(group.level, group.year, group.total_cents) for group in groups] == [
        ("foreseen", 2024, 2_000_500),
        ("reserved", 2023, 1_000_000),
    ]


def test_the_identity_compares_with_the_median_of_its_kind_and_says_what_is_deduced(town):
    identity = sheet_of(contract_by_code(town.contract.code))
    rates = [key for key in identity.key_figures if key.figure.indicator_id == "taux-pauvrete"]
    assert rates[0].standing.position is Position.ABOVE
    assert rates[0].standing.median.published == 7
    assert (identity.central.place, identity.central.deduced) == (town.centre, True)
    assert (identity.derived, identity.ambiguous) == (3, 0)


def test_a_population_of_another_perimeter_is_not_that_of_the_contract(town):
    quarter = town.quarters[0]
    FigureFactory(
        territory=quarter, value=1_700, perimeter=PerimeterFactory(territory=quarter, kind="qpv_2015")
    )
    identity = sheet_of(contract_by_code(town.contract.code))
    assert identity.quarters[0].population is None
    assert identity.counted.value is None


def test_a_partial_count_says_so(town):
    printed = IndicatorFactory(code="population-imprimee", additive=True)
    FigureFactory(territory=town.quarters[0], indicator=printed, value=3_000)
    counted = sheet_of(contract_by_code(town.contract.code)).counted
    assert (counted.value, counted.counted, counted.partial) == (Decimal(3_000), 1, True)


def test_nothing_is_invented_for_a_contract_without_anything():
    contract = ContractFactory(printed_population=None)
    ContractBearerFactory(contract=contract, territory=None, printed_code="98729")
    identity = sheet_of(contract_by_code(contract.code))
    assert identity.context is identity.central is None
    assert [bearer.printed_code for bearer in identity.unresolved] == ["98729"]
    assert identity.map.empty
    assert identity.key_figures == identity.quarters == ()


def test_a_thin_engineering_is_told_only_when_published():
    contract = ContractFactory()
    assert not sheet_of(contract_by_code(contract.code)).thin_engineering
    SheetFactory(contract=contract, etp_pv=Decimal("0.5"))
    assert sheet_of(contract_by_code(contract.code)).thin_engineering


@pytest.mark.parametrize("count", [1, 3])
def test_an_identity_costs_the_same_whatever_its_size(django_assert_max_num_queries, count):
    epci = TerritoryFactory(epci=True)
    quarters = [TerritoryFactory(neighbourhood=True) for _ in range(count)]
    contract = ContractFactory(borne_by=[epci], quarters=quarters)
    with django_assert_max_num_queries(12):
        sheet_of(contract_by_code(contract.code))


def test_an_ambiguous_link_is_counted():
    link = LinkFactory(ambiguous=True)
    assert sheet_of(contract_by_code(link.contract.code)).ambiguous == 1
