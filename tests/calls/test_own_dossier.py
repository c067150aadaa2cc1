"""Whoever acts for an organisation examines, marks and decides none of its dossiers; drafts stay closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.base import documents
from faubourg.calls.access import can_review
from faubourg.calls.access.letters import can_write_letter
from faubourg.calls.access.money import can_decide_on
from faubourg.calls.access.readers import Reader
from faubourg.calls.queries.decisions import favourable_of
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    FunderDecisionFactory,
    ReportFactory,
    a_session,
)
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db


def codes(verdict):
    return [reason.code for reason in verdict.refusals()]


@pytest.fixture
def call():
    return CallFactory()


@pytest.fixture
def officer(call):
    return RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person


def test_nobody_examines_or_decides_the_dossier_of_one_s_own_organisation(call, officer):
    funder = CallFunderFactory(call=call)
    own = ApplicationFactory(submitted=True, call=call, state="retained")
    other = ApplicationFactory(submitted=True, call=call, state="retained")
    ApplicantRoleFactory(organisation=own.organisation, person=officer)
    for application, expected in ((own, ["own_dossier"]), (other, [])):
        reader = Reader(officer, application)
        for verdict in (
            reader.may_run,
            reader.may_examine,
            can_decide_on(officer, application, funder),
            can_write_letter(officer, application, None),
        ):
            assert codes(verdict) == expected


def test_nobody_votes_the_grant_of_one_s_own_organisation(client, call, officer):
    decision = FunderDecisionFactory(
        application=ApplicationFactory(submitted=True, call=call, state="retained"),
        funder=CallFunderFactory(call=call),
        state="favourable",
    )
    ApplicantRoleFactory(organisation=decision.application.organisation, person=officer)
    client.force_login(officer)
    address = reverse("funder_decision_act", args=[decision.pk, "vote"])
    answer = client.post(address, {"version": decision.version, "cents": "1", "act": "D", "on": "2015-03-01"})
    assert answer.status_code == 403
    decision.refresh_from_db()
    assert decision.state == "favourable"
    assert favourable_of(decision.funder, officer) == [], "nor by one act for many"


def test_a_member_of_the_jury_does_not_mark_one_s_own_dossier(client):
    session = a_session()
    juror, item = session.jury.jurors.first(), session.items.first()
    other = session.items.last()
    assert can_review(juror, item.application).ok
    ApplicantRoleFactory(organisation=item.application.organisation, person=juror.person, role="signatory")
    juror.refresh_from_db()
    assert codes(can_review(juror, item.application)) == ["own_dossier"]
    assert can_review(juror, other.application).ok
    client.force_login(juror.person)
    assert client.post(reverse("review", args=[session.pk, item.pk]), {}).status_code == 403


def test_whoever_runs_the_session_does_not_decide_one_s_own_dossier(client):
    session = a_session()
    call, item = session.jury.call, session.items.first()
    officer = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    ApplicantRoleFactory(organisation=item.application.organisation, person=officer)
    client.force_login(officer)
    for name in ("session_decide", "session_weigh", "session_reconsider"):
        assert client.post(reverse(name, args=[session.pk, item.pk]), {}).status_code == 403, name


def test_the_papers_of_a_draft_are_not_read_by_the_service(call, officer):
    draft = ApplicationFactory(call=call)
    assert draft.state == "draft"
    assert codes(Reader(officer, draft).may_examine) == ["draft_of_its_applicant"]


def test_the_service_takes_a_photograph_out_of_the_public_and_changes_nothing_else(client, call, officer):
    report = ReportFactory(application__state="report_in", application__call=call, state="received")
    file = report.files.create(document=_document(officer), caption="La fresque", added_by_name="x")
    client.force_login(officer)
    address = reverse("report_file_change", args=[report.application_id, report.year, file.pk])
    client.post(address, {"public": "on", "caption": "Autre"})
    file.refresh_from_db()
    assert (file.public, file.caption) == (False, "La fresque"), "nothing is published in their place"
    file.public = True
    file.save()
    client.post(address, {"caption": "Autre"})
    file.refresh_from_db()
    assert (file.public, file.caption) == (False, "La fresque")


def _document(person):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 essai", "application/pdf")
    return documents.keep(upload=upload, purpose="report", by=person.actor)
