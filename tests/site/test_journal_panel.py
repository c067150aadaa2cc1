"""The history on a sheet: what changed in words, by whom only for those who may know."""

import pytest
from django.contrib.auth.models import AnonymousUser

from faubourg.site.access import can_read_author
from faubourg.territories.models import Territory
from faubourg.territories.services.edit_names import add_alias
from faubourg.territories.services.edit_sheet import edit_sheet
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return RoleGrantFactory(person__name="Camille Martin", role="contract_officer").person


@pytest.fixture
def place(author):
    place = TerritoryFactory(kind=Territory.Kind.NEIGHBOURHOOD, name="La Gauthière", code="QN06303I")
    edit_sheet(territory=place, version=1, description="Au nord.", by=author.actor)
    add_alias(territory=place, name="Gautière", source=None, by=author.actor)
    return place


READERS = {
    "a visitor": (lambda author: AnonymousUser(), False),
    "an account without a role": (lambda author: PersonFactory(), False),
    "an administrator": (lambda author: RoleGrantFactory(role="administrator").person, False),
    "a colleague": (lambda author: RoleGrantFactory(role="commune_referent").person, True),
    "the author": (lambda author: author, True),
}


@pytest.mark.parametrize("reader", READERS)
def test_who_reads_the_name_of_an_author(client, place, author, reader):
    made, may = READERS[reader]
    person = made(author)
    assert bool(can_read_author(person, author.ref).ok) is may
    if not isinstance(person, AnonymousUser):
        client.force_login(person)
    main = client.get(place.get_absolute_url()).content.decode().split("<main")[1]
    assert ("Camille Martin" in main) is may
    assert ("une personne habilitée" in main) is not may


def test_the_panel_says_what_changed_and_no_slug(client, place):
    page = client.get(place.get_absolute_url()).content.decode()
    assert "Présentation modifiée" in page
    assert "<ins>Au nord.</ins>" in page
    assert "Autre nom ajouté" in page
    assert "territory_edited" not in page
    assert "alias_added" not in page


def test_faubourg_itself_has_no_name_to_hide():
    assert can_read_author(AnonymousUser(), None).ok
