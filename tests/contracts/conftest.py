"""A small métropole: two communes, three quarters, twenty of its kind to be compared with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from faubourg.contracts.models import Contract
from faubourg.people.models import Person
from faubourg.territories.models import Territory
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import FigureFactory, IndicatorFactory, TerritoryFactory


@dataclass
class Town:
    contract: Contract
    epci: Territory
    centre: Territory
    suburb: Territory
    quarters: list[Territory]


def commune(name: str, epci: Territory, **fields: object) -> Territory:
    """A commune of an EPCI (the factory keeps the word `epci` for its trait)."""
    place = TerritoryFactory(name=name, **fields)
    place.epci = epci
    place.save()
    return place


def rate(territory: Territory, value: object, **fields: object):
    """A poverty rate: something that is compared with a median and never summed."""
    indicator = IndicatorFactory(
        code="taux-pauvrete", name_fr="Taux de pauvreté", name_en="Poverty rate", unit="percent", decimals=1,
        additive=False,
    )  # fmt: skip
    return FigureFactory(
        territory=territory, indicator=indicator, value=value, vintage="Filosofi 2021", **fields
    )


@pytest.fixture
def town(db) -> Town:
    epci = TerritoryFactory(epci=True, name="Métropole d’Essai")
    rate(epci, Decimal("18.0"))
    for _ in range(6):
        rate(TerritoryFactory(epci=True), Decimal("12.0"))
    centre = commune("Centre-Ville", epci, lon=3.0, lat=45.7, headcount=100_000)
    suburb = commune("La Banlieue", epci, lon=3.1, lat=45.8, headcount=9_000)
    FigureFactory(territory=epci, value=150_000)
    FigureFactory(territory=centre, value=100_000)
    quarters = [TerritoryFactory(neighbourhood=True, name=name) for name in ("Alpha", "Bêta", "Gamma")]
    for quarter, place in zip(quarters, (centre, centre, suburb), strict=True):
        quarter.communes.set([place])
        quarter.departement = None
    contract = ContractFactory(
        name="Métropole d’Essai", printed_population=5_000, borne_by=[epci], quarters=quarters
    )
    return Town(contract, epci, centre, suburb, quarters)


@pytest.fixture
def officer(town) -> Person:
    person = PersonFactory(name="Ana Diaz")
    RoleGrantFactory(person=person, scope_kind="epci", scope_code=town.epci.code, since=date(2024, 1, 1))
    return person


@pytest.fixture
def stranger(db) -> Person:
    person = PersonFactory(name="Luc Petit")
    RoleGrantFactory(person=person, scope_kind="epci", scope_code="999999999", since=date(2024, 1, 1))
    return person
