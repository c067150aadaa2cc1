"""The page of the keys: one is shown once, withdrawn at once, and the journal tells both without the key."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.base.models import JournalEntry
from faubourg.people.models import RoleGrant
from faubourg.proximity.models import ApiKey
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.proximity import FiledRequestFactory, TicketFactory

from .open311_town import a_town, posted

pytestmark = pytest.mark.django_db
FORM = {"label": "Site de la ville", "email": "dsi@exemple.fr", "daily_limit": "50"}


@pytest.fixture
def town():
    return a_town()


@pytest.fixture
def page(town):
    return reverse("area_keys", args=[town.area.code])


@pytest.fixture
def client(town):
    person = PersonFactory()
    place = town.area.territory
    RoleGrantFactory(
        person=person, role=RoleGrant.Role.COMMUNE_REFERENT, scope_kind="commune", scope_code=place.code
    )
    client = Client()
    client.force_login(person)
    return client


def test_a_key_is_shown_once_files_and_is_kept_as_a_digest(town, client, page):
    answer = client.post(page, FORM)
    [secret] = re.findall(r"<code>([\w-]{43})</code>", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert secret not in client.get(page).content.decode()
    key = ApiKey.objects.get(label="Site de la ville")
    assert (key.daily_limit, secret[:8]) == (50, key.start)
    assert secret not in str(vars(key))
    entry = JournalEntry.objects.get(
        act="area.key_created", object_ref=town.area.code, payload__contains="Site"
    )
    assert secret not in str(entry.payload)
    assert posted(town.form(api_key=secret))
    assert "1 aujourd’hui sur 50" in client.get(page).content.decode()


def test_a_key_withdrawn_says_so_and_twice_is_once(town, client, page):
    address = reverse("area_key_revoke", args=[town.area.code, town.key.pk])
    for _ in range(2):
        assert client.post(address).status_code == 302
    assert "révoquée" in client.get(page).content.decode()
    assert JournalEntry.objects.filter(act="area.key_revoked").count() == 1
    posted(town.form(), status=403)
    other = a_town_elsewhere()
    assert client.post(reverse("area_key_revoke", args=[town.area.code, other.pk])).status_code == 404


def a_town_elsewhere():
    return FiledRequestFactory().api_key


@pytest.mark.parametrize(
    "wrong", [{"label": ""}, {"label": " \x07 "}, {"email": "x"}, {"daily_limit": "0"}, {"label": "x" * 121}]
)
def test_a_key_badly_asked_is_not_made(client, page, wrong):
    assert client.post(page, FORM | wrong).status_code == 422
    assert ApiKey.objects.count() == 1


def test_the_page_sent_again_makes_no_second_key(client, page):
    assert client.post(page, FORM).status_code == 200
    assert client.post(page, FORM | {"label": "SITE de la ville"}).status_code == 422


def test_the_page_asks_as_little_for_three_keys_as_for_one(town, client, page):
    def asked():
        with CaptureQueriesContext(connection) as told:
            client.get(page)
        return len(told)

    first = asked()
    for _ in range(3):
        FiledRequestFactory(ticket=TicketFactory(area=town.area, category=town.plain))
    assert asked() == first <= 15
