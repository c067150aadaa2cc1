"""After an account is closed, its name and address stand nowhere in the database."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from faubourg.base import erasure
from faubourg.base.models import Draft
from faubourg.people.models import RoleGrant
from faubourg.people.services import accounts, organisations, roles
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
NAMES = ("Tastevin", "zoe.tastevin@exemple.fr")


def where(word):
    """Every « table.column » that holds a word, in all tables: texts, JSON and the rest alike."""
    found = []
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        for table, model in tables.items():
            for field in model._meta.local_concrete_fields:
                cursor.execute(
                    f"SELECT count(*) FROM {quote(table)} "
                    f"WHERE lower(CAST({quote(field.column)} AS text)) LIKE %s",
                    [f"%{word.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{field.column}")
    return found


def test_after_closing_a_name_stands_nowhere(client):
    zoe = PersonFactory(name="Zoé Tastevin", email="zoe.tastevin@exemple.fr", password="rue-des-Lilas-42")
    other = PersonFactory(name="Yann Le Goff")
    organisation = OrganisationFactory()
    given = {"organisation": organisation, "title": "Zoé Tastevin, directrice", "until": None}
    organisations.add_membership(person=zoe, by=other.actor, since=date(2024, 1, 1), **given)
    scope = {"role": RoleGrant.Role.EVALUATOR, "scope": ("instance", ""), "since": date(2024, 1, 1)}
    roles.grant_role(to=zoe, by=other.actor, **scope)
    roles.grant_role(to=other, by=zoe.actor, **scope)
    accounts.rename(person=zoe, name="Zoé Tastevin-Roux", by=zoe.actor)
    Draft.objects.create(person_ref=zoe.ref, form_key="essai", content={"signe": "Zoe Tastevin"})
    client.post("/compte/login/", {"login": "zoe.tastevin@exemple.fr", "password": "faux"})
    client.force_login(zoe)
    assert {"people_person.name", "base_personalvalue.value", "base_draft.content"} <= set(where("Tastevin"))
    accounts.close_account(person=zoe, by=zoe.actor)
    assert {name: where(name) for name in NAMES} == {name: [] for name in NAMES}
    assert where("Le Goff"), "nobody else is erased"


def test_every_room_is_asked_and_a_failure_closes_nothing(monkeypatch):
    zoe = PersonFactory()
    asked = []

    def broken(ref):
        raise RuntimeError

    monkeypatch.setitem(erasure._erasers, "essai", asked.append)
    monkeypatch.setitem(erasure._erasers, "panne", broken)
    with pytest.raises(RuntimeError):
        accounts.close_account(person=zoe, by=zoe.actor)
    zoe.refresh_from_db()
    assert (asked, zoe.is_active) == ([zoe.ref], True)
