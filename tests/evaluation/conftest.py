"""A contract over two communes, its officer, a commune's referent, a report of the year before."""

from dataclasses import dataclass
from datetime import date

import pytest

from faubourg.contracts.models import Contract
from faubourg.evaluation.models import AnnualReport
from faubourg.people.models import Person, RoleGrant
from faubourg.territories.models import Territory
from tests.factories.contracts import ContractFactory
from tests.factories.evaluation import AnnualReportFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

YEAR = 2023
SENT, DUE, AFTER = date(2024, 3, 15), date(2024, 4, 15), date(2024, 4, 16)


@dataclass
class Place:
    contract: Contract
    epci: Territory
    communes: list[Territory]
    quarters: list[Territory]


@pytest.fixture
def place(db) -> Place:
    epci = TerritoryFactory(epci=True, name="Métropole d’Essai")
    communes = [TerritoryFactory(name=name) for name in ("Bourg", "Rive")]
    quarters = [TerritoryFactory(neighbourhood=True, name=name) for name in ("Alpha", "Bêta")]
    for quarter, commune in zip(quarters, communes, strict=True):
        quarter.communes.set([commune])
    contract = ContractFactory(name="Métropole d’Essai", borne_by=[epci], quarters=quarters)
    return Place(contract, epci, communes, quarters)


def holder(role: str, kind: str, code: str, **fields: str) -> Person:
    """Somebody with one role since 2020."""
    person = PersonFactory(**fields)
    RoleGrantFactory(person=person, role=role, scope_kind=kind, scope_code=code, since=date(2020, 1, 1))
    return person


@pytest.fixture
def officer(place) -> Person:
    return holder(RoleGrant.Role.CONTRACT_OFFICER, "epci", place.epci.code, name="Ana Diaz")


@pytest.fixture
def referent(place) -> Person:
    return holder(RoleGrant.Role.COMMUNE_REFERENT, "commune", place.communes[0].code, name="Luc Petit")


@pytest.fixture
def report(place) -> AnnualReport:
    return AnnualReportFactory(contract=place.contract, year=YEAR)
