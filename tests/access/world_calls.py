"""The calls of the small world: one open call of its contract, a draft, somebody who applies, a jury.

The resident administers and signs for the association that applies; the élu sits in the jury, interests
declared. The officer of the contract and the funder of the world run the call.
"""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.base import documents
from faubourg.base.actor import FAUBOURG
from faubourg.calls import models as m
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person, RoleGrant
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
    FundingRequestFactory,
    IntentFactory,
    JurorFactory,
    JuryFactory,
    JurySessionFactory,
    MicroprojectFactory,
    RecoveryFactory,
    ReportFactory,
    ResidentFundFactory,
    RuleSetVersionFactory,
)
from tests.factories.people import OrganisationFactory, PersonFactory


def names(contract: Contract, resident: Person) -> dict[str, object]:
    """What an address of the room may hold between braces."""
    rules = RuleSetVersionFactory(
        code="regles", status=m.RuleSetVersion.Status.FROZEN, frozen_at=datetime(2014, 9, 15, tzinfo=UTC)
    )
    lead = OrganisationFactory(name="Agglomération", kind=Organisation.Kind.EPCI)
    call = CallFactory(code="appel", title="Appel", lead=lead, rule_set=rules)
    draft = CallFactory(code="brouillon", title="Brouillon", lead=lead, state="draft", published_at=None)
    for one in (call, draft):
        one.contracts.add(contract)
    funder = CallFunderFactory(call=call, name="Région", is_authority=True)
    return {
        "call": call.code,
        "call_draft": draft.code,
        "rule_set": rules.pk,
        "rule_set_draft": RuleSetVersionFactory(code="regles-2").pk,
        "funder": funder.pk,
        "envelope": EnvelopeFactory(funder=funder).pk,
        "call_contract": contract.pk,
        **_dossiers(call, contract, funder, _applicant(resident)),
        **_applying(call, resident),
        **_examined(call),
        **_money(funder),
        **_jury(call),
        **_report(call),
        **_fund(contract, resident),
    }


def _applicant(resident: Person) -> Organisation:
    association = OrganisationFactory(name="Les Voisins")
    m.Applicant.objects.create(organisation=association)
    for role in ("administrator", "signatory"):
        ApplicantRoleFactory(organisation=association, person=resident, role=role)
    return association


def _money(funder: m.CallFunder) -> dict[str, object]:
    """A letter that is written and one that left, an act to sign, a payment to order, a freeze to apply."""
    decision = m.FunderDecision.objects.get(funder=funder)
    application = decision.application
    draft = application.letters.create(kind="award", subject="Projet", body="Votre aide.", funder=funder)
    sent = application.letters.create(
        kind="award", subject="Décision", body="Votre aide.", sent_at=datetime(2015, 4, 1, tzinfo=UTC)
    )
    agreement = m.Agreement.objects.create(
        funder=funder, organisation=application.organisation, kind="convention", year=2015
    )
    envelope = funder.envelopes.get()
    event = envelope.events.create(kind="freeze", amount_cents=100, on=date(2015, 5, 1), reason="Gel")
    return {
        "letter": sent.pk,
        "letter_draft": draft.pk,
        "grant_agreement": agreement.pk,
        "payment": m.Payment.objects.create(decision=decision, cents=100).pk,
        "cut": event.pk,
    }


def _applying(call: m.Call, resident: Person) -> dict[str, object]:
    """A draft of a summary sheet, a paper, a role that ends, what is offered and what is asked."""
    association = Organisation.objects.get(name="Les Voisins")
    file = SimpleUploadedFile("statuts.txt", b"Article 1", "text/plain")
    document = documents.keep(upload=file, purpose="vault", by=resident.actor)
    asks = {"person": PersonFactory(), "role": "writer", "mandate": "trésorier"}
    return {
        "intent_draft": IntentFactory(call=call, organisation=association).pk,
        "applicant_role": ApplicantRoleFactory(organisation=association).pk,
        "vault_piece": association.vault.create(kind="statutes", document=document).pk,
        "invitation": association.applicant_invitations.create(email="lea@exemple.fr", role="writer").pk,
        "role_request": association.applicant_requests.create(**asks).pk,
    }


def _dossiers(
    call: m.Call, contract: Contract, funder: m.CallFunder, association: Organisation
) -> dict[str, object]:
    """A draft and one that was received, of the association; the second has its decision to be made."""
    own = {"call": call, "organisation": association, "contract": contract}
    application = ApplicationFactory(submitted=True, **own)
    FundingRequestFactory(application=application, funder=funder)
    file = SimpleUploadedFile("statuts.txt", b"Article premier", "text/plain")
    statutes = documents.keep(upload=file, purpose="calls:application", by=FAUBOURG)
    return {
        "applicant": association.pk,
        "intent": IntentFactory(submitted=True, **own).pk,
        "application": application.pk,
        "application_draft": ApplicationFactory(**own).pk,
        "application_piece": application.pieces.create(document=statutes, label="Statuts").pk,
        "funder_decision": FunderDecisionFactory(application=application, funder=funder).pk,
    }


def _examined(call: m.Call) -> dict[str, object]:
    """A paper and an exception of the dossier; somebody of another place stands back from another."""
    application = call.applications.exclude(state="draft").get()
    upload = SimpleUploadedFile("statuts.pdf", b"%PDF-1.7 essai", "application/pdf")
    document = documents.keep(upload=upload, purpose="essai", by=FAUBOURG)
    interest = call.interests.create(
        person=PersonFactory(), organisation=call.lead, reason="Lien", declared_on=date(2015, 2, 1)
    )
    return {
        "piece": application.pieces.create(code="statuts", document=document).pk,
        "claim": application.claims.create(exclusion="double", justification="Besoin").pk,
        "interest": interest.pk,
    }


def _jury(call: m.Call) -> dict[str, object]:
    """The élu of the world's commune sits in it; one session is planned, with the dossier before it."""
    jury = JuryFactory(call=call)
    elected = RoleGrant.objects.get(role=RoleGrant.Role.ELECTED, scope_code="99001").person
    juror = JurorFactory(jury=jury, person=elected)
    session = JurySessionFactory(jury=jury)
    item = session.items.create(application=call.applications.exclude(state="draft").get())
    proposal = call.proposals.create(
        asked={"envelopes": [], "unmarked": [], "groups": 1},
        told={
            "lines": [], "lowered": [], "left": [], "retained": 0, "value": 0,
            "ranking": {"refs": [], "retained": 0, "value": 0},
        },
    )  # fmt: skip
    names = {"jury": jury.pk, "juror": juror.pk, "jury_session": session.pk, "jury_item": item.pk}
    return names | {"allocation": proposal.pk}


def _fund(contract: Contract, resident: Person) -> dict[str, object]:
    """A fund whose committee votes: the officer of the contract holds it, the resident has a seat."""
    fund = ResidentFundFactory(code="fph", year=2026, contract=contract)
    seat = fund.members.create(person=resident, name="Membre", since=date(2024, 1, 1))
    opens = datetime(2026, 1, 1, tzinfo=UTC)
    committee = fund.committees.create(opens_at=opens, closes_at=datetime(2999, 1, 1, tzinfo=UTC))
    project = MicroprojectFactory(fund=fund, key="clef", state="granted", granted_cents=45_000)
    file = SimpleUploadedFile("ticket.txt", b"Pain : 5 euros", "text/plain")
    document = documents.keep(upload=file, purpose="fund-receipt", by=resident.actor)
    return {
        "resident_fund": fund.code,
        "fund_seat": seat.pk,
        "committee": committee.pk,
        "microproject": project.pk,
        "microproject_key": project.key,
        "fund_receipt": project.receipts.create(document=document, label="Pain", cents=500).pk,
    }


def _report(call: m.Call) -> dict[str, object]:
    """What the association owes for the year, with a photograph, and money asked back of it."""
    application = call.applications.exclude(state="draft").get()
    report = ReportFactory(application=application)
    document = documents.keep(
        upload=SimpleUploadedFile("affiche.txt", b"Fresque du quartier"), purpose="report", by=FAUBOURG
    )
    return {
        "report_year": report.year,
        "report_file": report.files.create(document=document).pk,
        "recovery": RecoveryFactory(
            application=application, report=report, funder=call.funders.get(), state="hearing"
        ).pk,
    }
