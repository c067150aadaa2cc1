"""Whoever acts for an organisation examines, marks and decides none of its dossiers; drafts stay closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.base import documents
from faubourg.base.refusal import Refused
from faubourg.calls.access import can_review
from faubourg.calls.access.agreements import can_sign_agreement, can_write_agreement
from faubourg.calls.access.dossiers import can_rank
from faubourg.calls.access.letters import can_write_letter
from faubourg.calls.access.money import can_decide_on
from faubourg.calls.access.readers import Reader
from faubourg.calls.models import Agreement, EnvelopeEvent
from faubourg.calls.queries.cuts import simulate
from faubourg.calls.queries.decisions import favourable_of
from faubourg.calls.queries.sittings import sitting_of
from faubourg.calls.services.cutting import apply_cut
from faubourg.calls.services.letters_in_bulk import draft_all
from faubourg.rules.calls.cuts import Method
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
    ReportFactory,
    a_session,
)
from tests.factories.contracts import ContractFactory
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


def _in_a_list(client, call, name, *more):
    answer = client.get(reverse(name, args=[call.code, *more]))
    assert answer.status_code == 200, name
    return answer.content.decode()


LISTS = (
    "call_applications",
    "call_decisions",
    "call_letters",
    "call_payments",
    "call_agreements",
    "call_programming",
    "call_rankings",
    "call_exports",
    "call_reports",
)


@pytest.mark.parametrize("name", LISTS)
def test_one_s_own_dossier_is_in_no_list_of_the_services(client, call, officer, name):
    own = ApplicationFactory(submitted=True, call=call, state="notified", title="Le jardin secret")
    decision = FunderDecisionFactory(
        application=own,
        funder=CallFunderFactory(call=call),
        state="notified",
        voted_on="2015-03-01",
        notified_on="2015-03-15",
    )
    decision.payments.create(cents=100_000, state="to_issue", due_on="2015-05-01")
    own.letters.create(kind="award", subject="s", body="b")
    ApplicantRoleFactory(organisation=own.organisation, person=officer)
    client.force_login(officer)
    assert "Le jardin secret" not in _in_a_list(client, call, name)


def test_letters_cuts_and_ranks_leave_one_s_own_dossier_to_somebody_else(call, officer):
    funder = CallFunderFactory(call=call)
    contract = ContractFactory()
    call.contracts.add(contract)
    own = ApplicationFactory(submitted=True, call=call, contract=contract, state="rejected")
    ApplicantRoleFactory(organisation=own.organisation, person=officer)
    other = ApplicationFactory(submitted=True, call=call, state="rejected")
    assert draft_all(call=call, person=officer, by=officer.actor) == 1
    assert other.letters.count() == 1
    assert own.letters.count() == 0
    assert codes(can_rank(officer, call, contract)) == ["stands_back_from_the_ranking"]
    FunderDecisionFactory(
        application=own, funder=funder, state="voted", amount_cents=200_000, voted_on="2015-03-01"
    )
    event = EnvelopeEvent.objects.create(
        envelope=EnvelopeFactory(funder=funder, amount_cents=200_000),
        kind="cut", amount_cents=100_000, on="2015-05-01", reason="P147", by_name="A",
    )  # fmt: skip
    said = {"method": Method.PRO_RATA, "validated_on": localdate(), "digest": simulate(event).digest}
    with pytest.raises(Refused, match="une autre personne"):
        apply_cut(event=event, by=officer.actor, **said)


def test_one_s_own_dossier_is_read_as_its_applicant_and_no_further(client):
    session = a_session()
    call, item = session.jury.call, session.items.first()
    officer = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    ApplicantRoleFactory(organisation=item.application.organisation, person=officer)
    client.force_login(officer)
    assert client.get(reverse("application", args=[item.application_id])).status_code == 200
    for name in ("application_opinions", "application_similar"):
        assert client.get(reverse(name, args=[item.application_id])).status_code == 403, name
    assert client.get(reverse("review", args=[session.pk, item.pk])).status_code == 403
    for name in ("jury_session", "session_pack", "session_marks"):
        assert item.application.title not in client.get(reverse(name, args=[session.pk])).content.decode()


def test_a_member_who_acts_for_who_asks_is_not_counted_in_its_quorum():
    session = a_session()
    juror, item = session.jury.jurors.first(), session.items.first()
    before = sitting_of(session).quorum(item.application).present
    ApplicantRoleFactory(organisation=item.application.organisation, person=juror.person, role="signatory")
    sitting = sitting_of(session)
    assert sitting.recused(item.application) == (juror,)
    assert sitting.quorum(item.application).present == before - 1


def test_the_funder_s_side_of_one_s_own_agreement_is_somebody_else_s(call, officer):
    decision = FunderDecisionFactory(
        application=ApplicationFactory(submitted=True, call=call, state="retained"),
        funder=CallFunderFactory(call=call),
        state="voted",
        voted_on="2015-03-01",
    )
    agreement = Agreement.objects.create(
        funder=decision.funder, organisation=decision.application.organisation, kind="convention", year=2015
    )
    assert can_write_agreement(officer, agreement).ok
    ApplicantRoleFactory(organisation=agreement.organisation, person=officer)
    officer.refresh_from_db()
    assert codes(can_write_agreement(officer, agreement)) == ["own_agreement"]
    assert codes(can_sign_agreement(officer, agreement, "funder")) == ["own_agreement"]
