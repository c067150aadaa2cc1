"""The lists of an area ask the database the same, with one row and with three."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.people.models import Person, RoleGrant
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    LandFactory,
    PartnerFactory,
    ReferentFactory,
    RouteFactory,
    SpotFactory,
    TicketFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
CODE = "ville"
# The check reads everything that is set; the home counts reports.
MOST = 22


def furnish(rows: int) -> Person:
    """An area with so many of each thing, and who runs it."""
    place = TerritoryFactory(kind="commune", code="98765")
    area = AreaFactory(code=CODE, territory=place)
    for _row in range(rows):
        AreaFactory()
        category = CategoryFactory(area=area)
        partner = PartnerFactory(area=area)
        ReferentFactory(partner=partner)
        LandFactory(area=area, partner=partner)
        RouteFactory(area=area, partner=partner, category=category).also.add(PartnerFactory(area=area))
        SpotFactory(area=area, partner=partner)
        AreaSeatFactory(area=area)
        TicketFactory(
            area=area, category=category, state="closed", public_text="Réparé", closed_at="2026-03-01T10:00Z"
        )
    person = PersonFactory()
    RoleGrantFactory(
        person=person, role=RoleGrant.Role.COMMUNE_REFERENT, scope_kind="commune", scope_code="98765"
    )
    return person


PAGES = (
    ("areas",), ("area", CODE), ("area_settings", CODE), ("area_categories", CODE), ("area_partners", CODE),
    ("area_seats", CODE), ("area_lands", CODE), ("area_lands_map", CODE), ("area_routes", CODE),
    ("area_spots", CODE), ("area_translations", CODE, "ar"), ("area_check", CODE),
)  # fmt: skip


def cost(client: Client, page: tuple[str, ...], rows: int) -> int:
    """How many questions one page asks; the world is undone."""
    with transaction.atomic():
        client.force_login(furnish(rows))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page[0], args=page[1:])).status_code == 200
        transaction.set_rollback(True)
    return len(queries)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_a_page_costs_the_same_with_one_and_three(client: Client, page: tuple[str, ...]) -> None:
    one, three = cost(client, page, 1), cost(client, page, 3)
    assert one == three <= MOST
