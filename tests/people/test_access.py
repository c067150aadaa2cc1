"""Who may, as tables: one line a situation, with the reason when it is a no."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from faubourg.people import access
from faubourg.people.models import RoleGrant
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
ON = date(2025, 6, 15)


def holder(role, kind="instance", code=""):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=role, scope_kind=kind, scope_code=code)
    return person


@pytest.mark.parametrize(
    ("since", "until", "on", "held"),
    [
        (date(2025, 1, 1), None, date(2024, 12, 31), False),
        (date(2025, 1, 1), None, date(2025, 1, 1), True),
        (date(2025, 1, 1), date(2025, 6, 30), date(2025, 6, 30), True),
        (date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1), False),
        (date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1), True),
    ],
)
def test_the_first_and_the_last_day_are_included(since, until, on, held):
    grant = RoleGrantFactory(since=since, until=until)
    assert access.holds(grant.person, {grant.role}, (), on) is held
    assert (grant in access.roles_of(grant.person, on)) is held


def test_the_day_is_that_of_paris():
    grant = RoleGrantFactory(since=date(2025, 1, 1), until=date(2025, 6, 30))
    # 22:30 UTC on 30 June is already 1 July in Paris.
    with time_machine.travel(datetime(2025, 6, 30, 21, 30, tzinfo=UTC), tick=False):
        assert access.holds(grant.person, {grant.role})
    with time_machine.travel(datetime(2025, 6, 30, 22, 30, tzinfo=UTC), tick=False):
        assert not access.holds(grant.person, {grant.role})


@pytest.mark.parametrize(
    ("held_on", "asked", "answer"),
    [
        (("commune", "63113"), [("commune", "63113")], True),
        (("commune", "63113"), [("commune", "63124")], False),
        (("commune", "63113"), [("epci", "246300701"), ("commune", "63113")], True),
        (("epci", "63113"), [("commune", "63113")], False),
        (("instance", ""), [("commune", "63124")], True),
        (("commune", "63113"), [], False),
        (("commune", "63113"), None, True),
    ],
)
def test_a_role_holds_over_its_scope_and_the_instance_over_all(held_on, asked, answer):
    person = holder(Role.COMMUNE_REFERENT, *held_on)
    assert access.holds(person, {Role.COMMUNE_REFERENT}, asked, ON) is answer
    assert access.holds(person, {Role.EVALUATOR}, asked, ON) is False


def test_a_closed_account_and_a_visitor_hold_nothing():
    closed = holder(Role.ADMINISTRATOR)
    closed.is_active = False
    assert access.roles_of(closed, ON) == ()
    assert access.roles_of(AnonymousUser(), ON) == ()


EVERYBODY = [None, "resident", *Role.values]
KEEPERS = {"contract_officer", "commune_referent", "prefect_delegate", "funder_officer", "resource_officer"}
ALLOWED = {
    "can_use_account": {"resident", *Role.values},
    "can_manage_roles": {"administrator"},
    "can_read_roles": {"administrator", "dpo"},
    "can_create_organisation": KEEPERS,
    "can_edit_organisation": KEEPERS,
    "can_manage_members": KEEPERS,
    "can_view_member_list": KEEPERS | {"elected", "evaluator", "dpo"},
}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("act", ALLOWED)
def test_each_act_by_each_role(act, who):
    person = AnonymousUser() if who is None else PersonFactory() if who == "resident" else holder(who)
    about = (
        [OrganisationFactory()]
        if act in {"can_edit_organisation", "can_manage_members", "can_view_member_list"}
        else []
    )
    verdict = getattr(access, act)(person, *about)
    assert verdict.ok is (who in ALLOWED[act])
    if not verdict.ok:
        (reason,) = verdict.refusals()
        assert reason.sentence.strip().endswith((".", "»")), "a refusal is a whole sentence"
        assert (reason.code == "sign_in") is (who is None)


def test_an_administrator_reads_no_member_list():
    """The administration configures and grants; it opens no business reading."""
    assert access.can_view_member_list(holder(Role.ADMINISTRATOR), OrganisationFactory()).ok is False


def test_a_member_reads_one_s_own_organisation_and_changes_none():
    member = MembershipFactory(since=date(2024, 1, 1), until=date(2025, 6, 30))
    other = OrganisationFactory()
    assert access.can_edit_organisation(member.person, member.organisation, date(2025, 6, 30)).ok is False
    assert access.can_view_member_list(member.person, member.organisation, date(2025, 6, 30)).ok
    assert access.can_view_member_list(member.person, member.organisation, date(2025, 7, 1)).ok is False
    assert access.can_view_member_list(member.person, other, date(2025, 6, 30)).ok is False
    assert access.can_manage_members(member.person, member.organisation, date(2025, 6, 30)).ok is False


def test_nobody_grants_to_oneself_nor_to_a_closed_account():
    admin = holder(Role.ADMINISTRATOR)
    assert access.can_grant_to(admin, admin).refusals()[0].code == "not_to_oneself"
    assert access.can_grant_to(admin, PersonFactory(is_active=False)).refusals()[0].code == "account_closed"
    assert access.can_grant_to(admin, PersonFactory()).ok


@pytest.mark.parametrize(("remaining", "ok"), [(0, False), (1, True), (2, True)])
def test_one_administrator_stays(remaining, ok):
    assert access.keeps_one(remaining).ok is ok
