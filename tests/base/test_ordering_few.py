"""A page found by the few names that order it is the very page that sorting everything gives."""

import random

import pytest
from django.test import RequestFactory

from faubourg.base import ordering
from faubourg.base.listing import Column, Listing
from faubourg.base.ordering_few import relation_of
from faubourg.proximity.models import Ticket
from tests.factories.proximity import AreaFactory, CategoryFactory, PartnerFactory, TicketFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
LIST = Listing(
    title="Signalements",
    columns=[
        Column(name="lieu", label="Lieu", value="pk", sort=("neighbourhood__sort_key", "pk")),
        Column(name="qui", label="Qui", value="pk", sort=("partner__name", "pk")),
        Column(name="numero", label="Numéro", value="pk", sort=("reference",)),
    ],
    default_sort="numero",
    page_size=7,
    keys_first=True,
)


@pytest.fixture
def area():
    """Forty reports: some places have the same name, some reports no place nor anybody."""
    area = AreaFactory()
    category = CategoryFactory(area=area)
    names = ["quartier b", "quartier a", "quartier a", "quartier c"]
    places = [*(TerritoryFactory(kind="neighbourhood", sort_key=name) for name in names), None]
    partners = [*PartnerFactory.create_batch(3, area=area), None]
    chance = random.Random(6)
    for _ in range(40):
        TicketFactory(
            area=area, category=category, neighbourhood=chance.choice(places), partner=chance.choice(partners)
        )
    return area


@pytest.mark.parametrize("sort", ["lieu", "-lieu", "qui", "-qui", "numero", "-numero"])
def test_each_page_is_that_of_the_whole_order(area, sort, django_assert_max_num_queries):
    rows = Ticket.objects.filter(area=area).select_related("neighbourhood", "partner")
    fields = next(column.sort for column in LIST.columns if column.name == sort.removeprefix("-"))
    whole = list(ordering.stable(rows, fields, descending=sort.startswith("-")).values_list("pk", flat=True))
    read = []
    for page in range(1, 7):
        bound = LIST.bind(RequestFactory().get("/", {"tri": sort, "page": page}), rows)
        with django_assert_max_num_queries(4):
            read += [one.pk for one in bound.page.object_list]
    assert read == whole
    beyond = LIST.bind(RequestFactory().get("/", {"tri": sort, "page": 99}), rows)
    assert [one.pk for one in beyond.page.object_list] == whole[-5:]


def test_nothing_is_a_page_too(area):
    for sort in ("lieu", "-qui"):
        bound = LIST.bind(RequestFactory().get("/", {"tri": sort}), Ticket.objects.none())
        assert list(bound.page.object_list) == []
        assert bound.total == 0


def test_other_orders_are_left_to_the_database(area):
    rows = Ticket.objects.all()
    assert relation_of(rows, ("neighbourhood__sort_key", "pk")) == "neighbourhood"
    others = ["reference", "state pk", "neighbourhood__sort_key", "area__territory__name pk", "steps__on pk"]
    for fields in [*others, "nothing__name pk"]:
        assert relation_of(rows, fields.split()) == ""


@pytest.mark.parametrize("sort", ["lieu", "-qui"])
def test_rows_that_a_condition_found_twice_are_counted_once(area, sort):
    for ticket in Ticket.objects.all()[::3]:
        for rank in range(3):
            ticket.notes.create(text=f"Exemple {rank}", by_name="Propreté")
    rows = Ticket.objects.filter(notes__isnull=False).distinct()
    bound = LIST.bind(RequestFactory().get("/", {"tri": sort, "page": 2}), rows)
    assert bound.total == 14
    assert len(bound.page.object_list) == 7
