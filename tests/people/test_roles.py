"""Granting and ending: what is refused, what is journaled, and two administrators who end each other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.base.journal import entries_for
from faubourg.base.refusal import NotAllowed, Refused
from faubourg.people import queries
from faubourg.people.models import RoleGrant
from faubourg.people.services import roles
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
HERE = ("instance", "")


def administrator(**kwargs):
    return RoleGrantFactory(role=Role.ADMINISTRATOR, **kwargs)


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def grant(to, *, role=Role.EVALUATOR, scope=HERE, since=None, until=None, by=FAUBOURG):
    return roles.grant_role(to=to, role=role, scope=scope, since=since or today(), until=until, by=by)


def test_a_grant_is_journaled_without_the_name_in_the_chain():
    to = PersonFactory(name="Zoé Tastevin")
    grant(to)
    (entry,) = entries_for("person", str(to.ref))
    assert entry.act == "role_granted"
    assert entry.after["role"] == "evaluator"
    assert "Tastevin" not in entry.payload
    assert entry.personal["after.person"] == "Zoé Tastevin"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scope": ("commune", "00000")}, "scope_unknown"),
        ({"scope": ("commune", "")}, "scope_unknown"),
        ({"scope": ("planet", "mars")}, "scope_kind_unknown"),
        ({"scope": ("instance", "63113")}, "scope_code_empty"),
        ({"until": today(-1)}, "dates_in_order"),
        ({"since": date(2020, 1, 1), "until": date(2020, 2, 1)}, "already_over"),
        ({"role": Role.ADMINISTRATOR, "scope": ("commune", "99001")}, "administrator_everywhere"),
    ],
)
def test_a_grant_that_cannot_be_is_refused_with_its_reason(change, code):
    with pytest.raises(Refused) as refused:
        grant(PersonFactory(), **change)
    assert refused.value.verdict.refusals()[0].code == code
    assert RoleGrant.objects.count() == 0


def test_a_scope_that_exists_is_accepted():
    commune = TerritoryFactory(kind="commune")
    assert grant(PersonFactory(), role=Role.COMMUNE_REFERENT, scope=("commune", commune.code)).pk


def test_the_same_role_is_not_given_twice_over_the_same_days():
    to = PersonFactory()
    grant(to, until=today(10))
    with pytest.raises(Refused, match="déjà ce rôle"):
        grant(to, since=today(10))
    assert grant(to, since=today(11)).pk, "the day after the last one is free"


def test_nobody_grants_to_oneself_even_past_the_page():
    me = administrator().person
    with pytest.raises(NotAllowed, match="soi-même"):
        grant(me, role=Role.CONTRACT_OFFICER, by=me.actor)


def test_the_last_administrator_stays():
    only = administrator()
    with pytest.raises(Refused, match="dernière personne"):
        roles.end_role(grant=only, until=today(), by=FAUBOURG)
    with pytest.raises(Refused):
        roles.end_role(grant=only, until=today(-1), by=FAUBOURG)


@pytest.mark.parametrize(
    "other",
    [
        {"until": date(2099, 1, 1)},  # has an end
        {"since": date(2098, 1, 1)},  # has not begun
        {"person__is_active": False},
    ],
)
def test_only_a_lasting_administrator_replaces_the_last_one(other):
    only = administrator()
    administrator(**other)
    with pytest.raises(Refused):
        roles.end_role(grant=only, until=today(), by=FAUBOURG)
    administrator()
    assert roles.end_role(grant=only, until=today(), by=FAUBOURG).until == today()


def test_ending_before_the_first_day_withdraws_the_grant():
    given = grant(PersonFactory(), since=today(5))
    assert roles.end_role(grant=given, until=today(), by=FAUBOURG) is None
    assert not RoleGrant.objects.filter(pk=given.pk).exists()
    assert entries_for("person", str(given.person.ref))[0].act == "role_withdrawn"


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one():
    grants = [administrator(), administrator()]
    gate = Barrier(2)

    def end(given):
        gate.wait(timeout=10)
        try:
            roles.end_role(grant=given, until=today(-1), by=FAUBOURG)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, grants)) == ["ended", "refused"]
    assert queries.lasting_administrators().count() == 1


@pytest.mark.parametrize(
    ("held_until", "asked", "code"),
    [(-1, 27_000, "over_already"), (-1, -1, "over_already"), (5, 6, "ends_sooner")],
)
def test_ending_neither_revives_nor_extends_a_role_one_s_own_included(client, held_until, asked, code):
    administrator()
    mine = administrator(since=date(2023, 1, 1), until=today(held_until))
    with pytest.raises(Refused) as refused:
        roles.end_role(grant=mine, until=today(asked), by=mine.person.actor)
    assert refused.value.verdict.refusals()[0].code == code
    client.force_login(administrator(person=mine.person).person)
    page = client.post(f"/roles/{mine.pk}/terminer/", {"until": today(asked).isoformat()})
    assert page.status_code == 200
    mine.refresh_from_db()
    assert mine.until == today(held_until)


def test_an_end_that_is_set_can_be_brought_forward():
    mine = RoleGrantFactory(until=today(5))
    assert roles.end_role(grant=mine, until=today(), by=mine.person.actor).until == today()
