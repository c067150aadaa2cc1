"""Who reads, writes and examines a dossier; whoever declared an interest meets a no on every side of it."""

from datetime import date

import pytest

from faubourg.calls import access
from faubourg.calls.models import Application, Interest
from faubourg.calls.queries.applications import submitted_to
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    JurorFactory,
    JurySessionFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


def officer(application: Application, role: str = "contract_officer"):
    return RoleGrantFactory(role=role, scope_kind="call", scope_code=application.call.code).person


def test_a_draft_is_its_applicant_s_alone():
    draft = ApplicationFactory()
    writer = ApplicantRoleFactory(organisation=draft.organisation).person
    assert access.can_read_application(writer, draft).ok
    assert access.can_write_application(writer, draft).ok
    for stranger in (officer(draft), PersonFactory()):
        assert not access.can_read_application(stranger, draft).ok


def test_what_was_submitted_is_examined_and_no_longer_written():
    dossier = ApplicationFactory(submitted=True)
    writer = ApplicantRoleFactory(organisation=dossier.organisation).person
    assert not access.can_write_application(writer, dossier).ok
    assert access.can_examine(officer(dossier), dossier).ok
    assert access.can_examine(officer(dossier, "prefect_delegate"), dossier).ok
    assert not access.can_examine(officer(dossier, "elected"), dossier).ok
    assert not access.can_examine(writer, dossier).ok


def test_only_the_signatory_of_today_signs():
    role = ApplicantRoleFactory(role="signatory", until=date(2015, 6, 30))
    assert access.can_sign_for(role.person, role.organisation, date(2015, 6, 30)).ok
    assert not access.can_sign_for(role.person, role.organisation, date(2015, 7, 1)).ok
    assistant = ApplicantRoleFactory(organisation=role.organisation, role="assistant").person
    assert access.can_write_for(assistant, role.organisation).ok
    assert not access.can_sign_for(assistant, role.organisation).ok


def test_a_juror_reads_what_the_jury_has_before_it_once_interests_are_declared():
    dossier = ApplicationFactory(submitted=True)
    session = JurySessionFactory(jury__call=dossier.call)
    session.items.create(application=dossier)
    declared = JurorFactory(jury=session.jury).person
    silent = JurorFactory(jury=session.jury, declared_at=None).person
    assert access.can_read_application(declared, dossier).ok
    assert not access.can_read_application(silent, dossier).ok
    assert not access.can_read_application(declared, ApplicationFactory(submitted=True)).ok


@pytest.mark.parametrize("of_the_organisation", [True, False])
def test_an_interest_hides_the_dossier_whatever_the_roles(of_the_organisation):
    dossier = ApplicationFactory(submitted=True)
    other = ApplicationFactory(submitted=True, call=dossier.call)
    person = officer(dossier)
    thing = {"organisation": dossier.organisation} if of_the_organisation else {"application": dossier}
    Interest.objects.create(
        call=dossier.call,
        person=person,
        reason="Au conseil d’administration",
        declared_on=date(2015, 2, 1),
        **thing,
    )
    assert not access.can_read_application(person, dossier).ok
    assert not access.can_examine(person, dossier).ok
    assert access.can_read_application(person, other).ok
    assert list(submitted_to(dossier.call.pk, person)) == [other]


def test_a_call_is_read_by_everybody_once_published():
    draft, published = CallFactory(state="draft"), CallFactory()
    visitor = PersonFactory()
    assert access.can_read_call(visitor, published).ok
    assert not access.can_read_call(visitor, draft).ok
    runner = RoleGrantFactory(role="funder_officer", scope_kind="call", scope_code=draft.code).person
    assert access.can_run_call(runner, draft).ok
    assert not access.can_run_call(runner, published).ok
