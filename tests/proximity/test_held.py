"""What a list asks at once is what the rights say of one area or call at a time; the first page's cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faubourg.calls.access import can_run_call
from faubourg.calls.access.calls import RUNNERS as CALL_RUNNERS
from faubourg.calls.queries.rights import calls_of_roles
from faubourg.people.access import holds
from faubourg.people.models import Person
from faubourg.proximity.access.areas import FOLLOWERS, RUNNERS, can_run_area, scopes_of, wider_scopes_of
from faubourg.proximity.models import AreaSeat, Partner
from faubourg.proximity.overview import desk_lines
from faubourg.proximity.queries.held import areas_of_roles, posts_of
from tests.factories.calls import CallFactory
from tests.factories.contracts import ContractBearerFactory, ContractFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    PartnerFactory,
    ReferentFactory,
    TicketFactory,
    WalkFactory,
)
from tests.factories.territories import TerritoryFactory

from .landlord import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """A commune under an intercommunalité with a contract, another alone; calls by place and by contract."""
    epci = TerritoryFactory(epci=True, code="246300701")
    departement = TerritoryFactory(kind="departement", code="63")
    inside = TerritoryFactory(kind="commune", code="63113", epci=epci, departement=departement)
    alone = TerritoryFactory(kind="commune", code="63300", departement=departement)
    contract = ContractFactory(code="CN06302M")
    ContractBearerFactory(contract=contract, territory=epci)
    town = AreaFactory(code="clermont", territory=inside)
    other = AreaFactory(code="riom", territory=alone)
    linked = AreaFactory(code="ailleurs", territory=TerritoryFactory(kind="commune", code="42218"))
    linked.contracts.add(contract)
    placed = CallFactory(code="ici", territory=epci)
    by_contract = CallFactory(code="contrat")
    by_contract.contracts.add(contract)
    # Its place alone counts: its contract gives no right to run it.
    apart = CallFactory(code="ailleurs", territory=alone)
    apart.contracts.add(contract)
    return [town, other, linked], [placed, by_contract, apart]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("instance", ""), ("commune", "63113"), ("commune", "63300"), ("commune", "246300701"),
        ("epci", "246300701"), ("epci", "200000000"), ("departement", "63"), ("contract", "CN06302M"),
        ("call", "ici"), ("call", "contrat"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "role", ["contract_officer", "commune_referent", "prefect_delegate", "funder_officer"]
)
def test_asked_at_once_as_asked_one_by_one(places, kind, code, role):
    areas, calls = places
    person = RoleGrantFactory(role=role, scope_kind=kind, scope_code=code).person

    def at_once(found):
        return set() if found is None else {one.code for one in found}

    assert at_once(areas_of_roles(person, RUNNERS)) == {
        area.code for area in areas if can_run_area(person, area).ok
    }
    assert at_once(areas_of_roles(person, FOLLOWERS, wider=True)) == {
        area.code for area in areas if holds(person, FOLLOWERS, wider_scopes_of(area))
    }
    assert at_once(areas_of_roles(person, {"prefect_delegate"})) == {
        area.code for area in areas if holds(person, {"prefect_delegate"}, scopes_of(area))
    }
    assert at_once(calls_of_roles(person, CALL_RUNNERS)) == {
        call.code for call in calls if can_run_call(person, call).ok
    }


def test_posts_are_those_of_today():
    person, gone = PersonFactory(), date(2020, 1, 1)
    area = AreaFactory()
    landlord = OrganisationFactory(kind="landlord")
    partner = PartnerFactory(area=area, organisation=landlord, kind=Partner.Kind.LANDLORD)
    relieved = PartnerFactory(area=area)
    partner.answers_for.add(relieved)
    ReferentFactory(partner=partner, person=person)
    ReferentFactory(partner=PartnerFactory(area=area), person=person, since=date(2019, 1, 1), until=gone)
    member = MembershipFactory(person=person, organisation=OrganisationFactory(kind="landlord"))
    AreaSeatFactory(area=area, person=person)
    AreaSeatFactory(person=person, since=date(2019, 1, 1), until=gone)
    AreaSeatFactory(person=person, task=AreaSeat.Task.AGENT)
    with CaptureQueriesContext(connection) as asked:
        posts = posts_of(person)
    assert len(asked) == 1
    assert posts.partners == {partner.pk, relieved.pk}
    assert posts.landlords == {landlord.pk, member.organisation_id}
    assert posts.coordinated == {area.pk}


@pytest.mark.parametrize("n", [1, 3])
def test_the_first_page_costs_the_same_whatever_waits(n):
    cast = Cast()
    cast.opened()
    for _ in range(n):
        area = AreaFactory()
        AreaSeatFactory(area=area, person=cast.town)
        WalkFactory(area=area, state="restored", review_due_on=date(2026, 1, 1))
        TicketFactory(area=area)
    RoleGrantFactory(person=cast.town)
    # As the middleware gives a visitor: with their roles.
    person = Person.objects.prefetch_related("role_grants").get(pk=cast.town.pk)
    with CaptureQueriesContext(connection) as asked:
        lines = desk_lines(person)
    assert sum(line.late for line in lines) >= n
    assert sum("à qualifier" in line.label for line in lines) == n
    # Posts, reports, conventions and their years, walks.
    assert len(asked) == 5


def test_who_runs_an_area_by_a_role_sees_what_waits_there():
    area = AreaFactory(name="Ici")
    TicketFactory(area=area)
    TicketFactory(area=AreaFactory(name="Ailleurs"))
    scope = {"scope_kind": area.territory.kind, "scope_code": area.territory.code}
    person = RoleGrantFactory(role="commune_referent", **scope).person
    assert [line.label for line in desk_lines(person)] == ["Ici : à qualifier"]
