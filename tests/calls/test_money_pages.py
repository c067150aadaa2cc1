"""The pages of the money, used: a vote, a letter, an act, a payment, a freeze, each by its form."""

import pytest
from django.test import Client
from django.utils import timezone

from faubourg.calls.models import Agreement, Charter, EnvelopeEvent
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
)
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def favourable(db):
    """One favourable opinion of 3 000 €, the officer who leads the call, the treasurer who applies."""
    funder = CallFunderFactory(call=CallFactory(), name="Région")
    EnvelopeFactory(funder=funder)
    application = ApplicationFactory(submitted=True, call=funder.call, state="retained", contract=None)
    decision = FunderDecisionFactory(
        application=application,
        funder=funder,
        state="favourable",
        requested_cents=300_000,
        amount_cents=300_000,
    )
    officer, treasurer = Client(), Client()
    officer.force_login(RoleGrantFactory(scope_kind="call", scope_code=funder.call.code).person)
    role = ApplicantRoleFactory(organisation=application.organisation, role="signatory")
    treasurer.force_login(role.person)
    return decision, officer, treasurer


def voted(decision, officer):
    address = f"/appels/{decision.funder.call.code}/decisions/voter/{decision.funder.pk}/"
    said = {"act": "Délibération 7", "on": TODAY, "seen": f"{decision.pk}-{decision.version}"}
    assert officer.post(address, said).status_code == 302
    decision.refresh_from_db()
    return decision


def notified(decision, officer):
    voted(decision, officer)
    dossier = decision.application
    assert officer.post(f"/dossiers/{dossier.pk}/courriers/nouveau/", {"funder": ""}).status_code == 302
    letter = dossier.letters.get()
    assert officer.post(f"/courriers/{letter.pk}/envoyer/", {"version": letter.version}).status_code == 302
    decision.refresh_from_db()
    return decision


def test_a_batch_is_voted_from_its_page_and_a_stale_page_is_told(favourable):
    decision, officer, _treasurer = favourable
    address = f"/appels/{decision.funder.call.code}/decisions/voter/{decision.funder.pk}/"
    assert "Région" in officer.get(address).content.decode()
    said = {"act": "Délibération 7", "on": TODAY, "seen": f"{decision.pk}-{decision.version + 1}"}
    assert officer.post(address, said).status_code == 409
    assert officer.post(address, said | {"seen": "tout; drop"}).status_code == 422
    assert voted(decision, officer).state == "voted"


def test_the_applicant_learns_a_decision_by_its_letter_and_its_reading_is_noted(favourable):
    decision, officer, treasurer = favourable
    voted(decision, officer)
    money = f"/dossiers/{decision.application.pk}/argent/"
    before = treasurer.get(money).content.decode()
    assert "prépare sa lettre" in before
    assert "3\u202f000" not in before
    notified_page = officer.post(f"/dossiers/{decision.application.pk}/courriers/nouveau/", {"funder": ""})
    assert notified_page.status_code == 302
    letter = decision.application.letters.get()
    assert treasurer.get(f"/courriers/{letter.pk}/").status_code == 403
    form = {"subject": letter.subject, "body": letter.body, "version": letter.version}
    assert officer.post(f"/courriers/{letter.pk}/", form | {"body": "Bravo."}).status_code == 302
    assert officer.post(f"/courriers/{letter.pk}/", form).status_code == 409
    letter.refresh_from_db()
    officer.post(f"/courriers/{letter.pk}/envoyer/", {"version": letter.version})
    assert letter.subject in treasurer.get("/courriers/").content.decode()
    officer.get(f"/courriers/{letter.pk}/")
    letter.refresh_from_db()
    assert letter.read_at is None
    assert "Bravo." in treasurer.get(f"/courriers/{letter.pk}/").content.decode()
    letter.refresh_from_db()
    assert letter.read_at is not None
    pdf = treasurer.get(f"/courriers/{letter.pk}/courrier.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    after = treasurer.get(money).content.decode()
    assert "3\u202f000" in after
    assert "contrat d’engagement républicain" in after


def test_an_agreement_is_drawn_up_signed_by_both_and_kept(favourable):
    decision, officer, treasurer = favourable
    notified(decision, officer)
    body = decision.application.organisation
    address = f"/appels/{decision.funder.call.code}/conventions/{decision.funder.pk}/{body.pk}/"
    assert "un arrêté suffit" in officer.get(address).content.decode()
    said = {"version": 0, "kind": "pluriannual", "years": 3, "number": "C-7"}
    assert officer.post(address, said).status_code == 302
    agreement = Agreement.objects.get()
    sign = f"/actes/{agreement.pk}/signer"
    treasurer.post(f"{sign}/beneficiary/", {"on": TODAY, "version": 1})
    agreement.refresh_from_db()
    assert agreement.signed_by_beneficiary_on is None
    Charter.objects.create(organisation=body, signed_on=timezone.localdate(), signed_by_name="Ana Diaz")
    treasurer.post(f"{sign}/beneficiary/", {"on": TODAY, "version": 1})
    assert treasurer.post(f"{sign}/funder/", {"on": TODAY, "version": 2}).status_code == 403
    officer.post(f"{sign}/funder/", {"on": TODAY, "version": 2})
    agreement.refresh_from_db()
    assert agreement.document is not None
    page = officer.get(f"/appels/{decision.funder.call.code}/conventions/").content.decode()
    assert "1 sur 1" in page


def test_a_decision_is_committed_and_scheduled_from_its_page(favourable):
    decision, officer, treasurer = favourable
    notified(decision, officer)
    page = f"/aides/{decision.pk}/"
    assert officer.post(f"{page}faire/commit/", {"on": TODAY, "version": decision.version}).status_code == 302
    decision.refresh_from_db()
    said = {"version": decision.version, "parts": "70-30", "first": "À la notification", "second": "Au bilan"}
    assert officer.post(f"{page}echeancier/", said).status_code == 302
    assert list(decision.payments.values_list("cents", flat=True)) == [210_000, 90_000]
    payment = decision.payments.first()
    refused = officer.post(f"/versements/{payment.pk}/order/", {"on": TODAY, "version": payment.version})
    assert refused.status_code == 422
    assert "relevé d’identité bancaire" in refused.content.decode()
    assert "Jour 0 sur 60" in treasurer.get(f"/dossiers/{decision.application.pk}/argent/").content.decode()
    listed = officer.get(f"/appels/{decision.funder.call.code}/versements/")
    assert "Jour 0 sur 60" in listed.content.decode()


def test_a_freeze_is_recorded_simulated_and_applied(favourable):
    decision, officer, _treasurer = favourable
    decision.funder.envelopes.update(amount_cents=300_000)
    notified(decision, officer)
    address = f"/appels/{decision.funder.call.code}/gels/"
    said = {"funder": f"{decision.funder.pk}-2015", "kind": "freeze", "on": TODAY, "reason": "Gel"}
    assert officer.post(address, said | {"rate": "8", "cents": "10"}).status_code == 422
    assert officer.post(address, said | {"rate": "8"}).status_code == 302
    event = EnvelopeEvent.objects.get()
    page = officer.get(f"/gels/{event.pk}/")
    assert "240" in page.content.decode()
    form = {"method": "pro_rata", "validated_on": TODAY, "digest": page.context["form"]["digest"].value()}
    assert officer.post(f"/gels/{event.pk}/", form | {"digest": "0" * 16}).status_code == 409
    assert officer.post(f"/gels/{event.pk}/", form).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.amount_cents) == ("frozen", 276_000)
    assert decision.application.letters.filter(kind="changed", sent_at=None).exists()
    assert "2\u202f760" in officer.get(f"/gels/{event.pk}/").content.decode()


def test_a_number_of_five_thousand_digits_is_refused_in_words(favourable):
    decision, officer, _treasurer = favourable
    voted(decision, officer)
    new = f"/dossiers/{decision.application.pk}/courriers/nouveau/"
    assert officer.post(new, {"funder": "9" * 5000}).status_code == 404
    officer.post(new, {"funder": ""})
    letter = decision.application.letters.get()
    assert officer.post(f"/courriers/{letter.pk}/envoyer/", {"version": "9" * 5000}).status_code == 302
    letter.refresh_from_db()
    assert letter.sent_at is None
