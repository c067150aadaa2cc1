"""From the vote to the last euro: decisions, lines, letters, agreements, payments, cuts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from faubourg.base.models import JournalEntry
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Agreement, Charter, FunderDecision, VaultPiece
from faubourg.calls.queries.bound import convention_reason, proposed_act
from faubourg.calls.queries.cuts import simulate
from faubourg.calls.services import funder_decisions as deciding
from faubourg.calls.services import grant_agreements as binding
from faubourg.calls.services.cutting import Announced, apply_cut, record_cut
from faubourg.calls.services.letters import draft_letter, edit_letter, read_letter, send_letter
from faubourg.calls.services.letters_in_bulk import draft_all
from faubourg.calls.services.payments import Instalment, Told, advance_payment, plan_payments, start_clock
from faubourg.rules.calls.cuts import Method
from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
    FundingRequestFactory,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ACT = deciding.Act("Délibération 2015-12", TODAY)


@pytest.fixture
def by():
    return PersonFactory().actor


@pytest.fixture
def region(db):
    """A funder with 100 000 €, and its authority behind it."""
    funder = CallFunderFactory(name="Région", organisation=OrganisationFactory(name="Région", kind="region"))
    EnvelopeFactory(funder=funder, amount_cents=10_000_000)
    return funder


def favourable(funder, cents, **more):
    """A retained dossier of its own, with the jury's sum."""
    organisation = more.pop("organisation", None) or OrganisationFactory()
    contract = ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    application = ApplicationFactory(
        submitted=True,
        call=funder.call,
        state="retained",
        organisation=organisation,
        contract=contract,
        **more,
    )
    FundingRequestFactory(application=application, funder=funder, cents=cents)
    return FunderDecisionFactory(
        application=application, funder=funder, state="favourable", requested_cents=cents, amount_cents=cents
    )


def voted(funder, cents, by, **more):
    decision = favourable(funder, cents, **more)
    deciding.vote(call=funder.call, ballots=[deciding.Ballot(decision.pk)], act=ACT, by=by)
    decision.refresh_from_db()
    return decision


def notified(funder, cents, by, **more):
    decision = voted(funder, cents, by, **more)
    letter = draft_letter(application=decision.application, funder=funder, by=by)
    send_letter(letter=letter, base_version=letter.version, by=by)
    decision.refresh_from_db()
    return decision


def committed(funder, cents, by, **more):
    decision = notified(funder, cents, by, **more)
    organisation = decision.application.organisation
    Charter.objects.create(organisation=organisation, signed_on=TODAY, signed_by_name="Camille Martin")
    bank(organisation)
    deciding.commit(decision=decision, on=TODAY, base_version=decision.version, by=by)
    decision.refresh_from_db()
    return decision


def bank(organisation):
    from faubourg.base.models import Document

    document = Document.objects.create(
        sha256="0" * 64, name="rib.pdf", media_type="application/pdf", size=1, file="x", purpose="vault"
    )
    VaultPiece.objects.create(organisation=organisation, kind="bank", document=document)


def test_a_vote_writes_the_decision_its_line_its_action_and_moves_the_dossier(region, by):
    decision = voted(region, 3_000_000, by)
    assert (decision.state, decision.act, decision.voted_on) == ("voted", "Délibération 2015-12", TODAY)
    assert (decision.line.level, decision.line.amount_cents, decision.line.funder) == (
        "voted",
        3_000_000,
        "Région",
    )
    application = decision.application
    application.refresh_from_db()
    assert (application.state, application.action.state) == ("funders_decided", "planned")
    assert application.action.lead == application.organisation
    assert decision.line.action == application.action
    step = decision.steps.get(move="vote")
    assert (step.cents_before, step.cents_after) == (3_000_000, 3_000_000)


def test_a_vote_cites_its_act_and_stays_within_the_envelope_and_the_request(region, by):
    decision = favourable(region, 3_000_000)

    def voting(cents=None, act=ACT):
        ballot = deciding.Ballot(decision.pk, decision.version, cents)
        return deciding.vote(call=region.call, ballots=[ballot], act=act, by=by)

    with pytest.raises(Refused, match="délibération"):
        voting(act=deciding.Act(" ", TODAY))
    with pytest.raises(Refused, match="n’en donne pas plus"):
        voting(3_000_001)
    with pytest.raises(Refused, match="au plus tard aujourd’hui"):
        voting(act=deciding.Act("Délibération", TODAY + timedelta(days=1)))
    voting(2_000_000)
    with pytest.raises(Conflict):
        voting()
    big = favourable(region, 9_000_000)
    with pytest.raises(Refused, match="il y reste 80"):
        deciding.vote(call=region.call, ballots=[deciding.Ballot(big.pk)], act=ACT, by=by)


def test_a_batch_is_voted_whole_or_not_at_all(region, by):
    first, second = favourable(region, 6_000_000), favourable(region, 5_000_000)
    ballots = [deciding.Ballot(one.pk, one.version) for one in (first, second)]
    with pytest.raises(Refused):
        deciding.vote(call=region.call, ballots=ballots, act=ACT, by=by)
    assert not FunderDecision.objects.filter(state="voted").exists()
    assert not FunderDecision.objects.filter(line__isnull=False).exists()


def test_two_funders_disagree_and_each_decides_for_itself(region, by):
    decision = favourable(region, 3_000_000)
    town = CallFunderFactory(call=region.call, name="Commune")
    FundingRequestFactory(application=decision.application, funder=town)
    assert deciding.open_decisions(call=region.call, by=by) == 1
    assert deciding.open_decisions(call=region.call, by=by) == 0
    other = FunderDecision.objects.get(funder=town)
    deciding.vote(call=region.call, ballots=[deciding.Ballot(decision.pk)], act=ACT, by=by)
    decision.application.refresh_from_db()
    assert decision.application.state == "retained"
    with pytest.raises(Refused, match="motif"):
        deciding.refuse(
            decision=other, ground="other", words="", reference="", base_version=other.version, by=by
        )
    other.refresh_from_db()
    deciding.refuse(
        decision=other,
        ground="envelope",
        words="",
        reference="Délibération 3",
        base_version=other.version,
        by=by,
    )
    decision.application.refresh_from_db()
    assert decision.application.state == "funders_decided"
    letter = draft_letter(application=decision.application, funder=None, by=by)
    assert "Région" in letter.body
    assert "L’enveloppe disponible n’a pas permis" in letter.body
    assert "appel suivant" in letter.body


def test_a_letter_is_edited_sent_kept_and_read_once(region, by, client):
    decision = voted(region, 3_000_000, by)
    letter = draft_letter(application=decision.application, funder=None, by=by)
    assert "30\u202f000\u202f€" in letter.body
    edited = edit_letter(
        letter=letter, subject="Votre aide", body=letter.body + "\n\nBravo.", base_version=1, by=by
    )
    with pytest.raises(Conflict):
        edit_letter(letter=letter, subject="x", body="y", base_version=1, by=by)
    assert not read_letter(letter=edited, name="Camille Martin")
    sent = send_letter(letter=edited, base_version=edited.version, by=by)
    assert sent.document.sha256
    decision.refresh_from_db()
    assert (decision.state, decision.notified_on, decision.line.level) == ("notified", TODAY, "notified")
    decision.application.refresh_from_db()
    assert decision.application.state == "notified"
    with pytest.raises(Refused, match="partie"):
        send_letter(letter=sent, base_version=sent.version, by=by)
    assert read_letter(letter=sent, name="Camille Martin")
    assert not read_letter(letter=sent, name="Ana Diaz")
    sent.refresh_from_db()
    assert sent.read_by_name == "Camille Martin"
    with pytest.raises(Refused, match="pas encore de décision"):
        draft_letter(application=decision.application, funder=None, by=by)


def test_a_letter_that_no_longer_says_the_truth_does_not_leave(region, by):
    decision = voted(region, 3_000_000, by)
    letter = draft_letter(application=decision.application, funder=region, by=by)
    decision.refresh_from_db()
    deciding.cancel(decision=decision, reason="Erreur.", base_version=decision.version, by=by)
    with pytest.raises(Refused, match="a changé"):
        send_letter(letter=letter, base_version=letter.version, by=by)


def test_the_threshold_counts_every_call_of_one_authority(region, by):
    body = OrganisationFactory()
    first = notified(region, 1_500_000, by, organisation=body)
    assert convention_reason(first).met
    elsewhere = CallFunderFactory(name="Conseil régional", organisation=region.organisation)
    second = notified(elsewhere, 800_001, by, organisation=body)
    assert convention_reason(second).met is False
    with pytest.raises(Refused, match="signez une convention"):
        deciding.commit(decision=second, on=TODAY, base_version=second.version, by=by)
    town = notified(CallFunderFactory(name="Commune"), 2_300_000, by, organisation=body)
    assert convention_reason(town).met


def test_an_agreement_needs_the_charter_and_both_signatures_before_money_is_committed(region, by):
    decision = notified(region, 2_400_000, by)
    body = decision.application.organisation
    proposed = proposed_act(region, body, [decision])
    assert proposed.binding == "convention"
    terms = binding.Terms("convention", "C-1", 1, "70 % à la signature, 30 % au bilan.", "")
    agreement = binding.make_agreement(
        funder=region, organisation=body, decisions=[decision], terms=terms, by=by
    )
    with pytest.raises(Refused, match="contrat d’engagement républicain"):
        binding.sign_agreement(agreement=agreement, side="beneficiary", on=TODAY, base_version=1, by=by)
    Charter.objects.create(organisation=body, signed_on=TODAY, signed_by_name="Camille Martin")
    agreement = binding.sign_agreement(
        agreement=agreement, side="beneficiary", on=TODAY, base_version=1, by=by
    )
    decision.refresh_from_db()
    with pytest.raises(Refused, match="signez une convention"):
        deciding.commit(decision=decision, on=TODAY, base_version=decision.version, by=by)
    with pytest.raises(Refused, match="déjà signé"):
        binding.revise_agreement(agreement=agreement, terms=terms, base_version=agreement.version, by=by)
    agreement = binding.sign_agreement(
        agreement=agreement, side="funder", on=TODAY, base_version=agreement.version, by=by
    )
    assert agreement.document.sha256
    decision.application.refresh_from_db()
    assert decision.application.state == "agreed"
    deciding.commit(decision=decision, on=TODAY, base_version=decision.version, by=by)
    decision.application.refresh_from_db()
    assert (decision.application.state, decision.application.action.state) == ("running", "running")


def test_a_pluriannual_one_is_proposed_when_a_grant_existed_the_year_before(region, by):
    body = OrganisationFactory()
    past = favourable(region, 100_000, organisation=body)
    FunderDecision.objects.filter(pk=past.pk).update(state="paid", year=2014, voted_on=date(2014, 1, 1))
    decision = voted(region, 100_000, by, organisation=body)
    assert proposed_act(region, body, [decision]).binding == "pluriannual"
    order = binding.Terms("order", "", 3, "", "")
    agreement = binding.make_agreement(
        funder=region, organisation=body, decisions=[decision], terms=order, by=by
    )
    assert (agreement.kind, agreement.years) == (Agreement.Kind.ORDER, 1)
    with pytest.raises(Refused, match="encore sans acte"):
        binding.make_agreement(funder=region, organisation=body, decisions=[decision], terms=order, by=by)


def test_seventy_thirty_paid_to_the_cent(region, by):
    decision = committed(region, 1_000_001, by)
    parts = [Instalment(70, "À la notification"), Instalment(30, "Au bilan")]
    first, second = plan_payments(decision=decision, parts=parts, base_version=decision.version, by=by)
    assert (first.cents, second.cents) == (700_001, 300_000)
    assert (first.due_on, second.due_on) == (TODAY + timedelta(days=60), None)
    second = start_clock(payment=second, happened_on=TODAY, base_version=second.version, by=by)
    assert second.due_on == TODAY + timedelta(days=60)
    told = Told(TODAY, "M-1")
    first = advance_payment(payment=first, act="order", told=told, base_version=first.version, by=by)
    with pytest.raises(Refused, match="motif"):
        advance_payment(payment=first, act="return", told=told, base_version=first.version, by=by)
    back = Told(TODAY, "", "Compte clos.")
    first = advance_payment(payment=first, act="return", told=back, base_version=first.version, by=by)
    for act in ("order", "pay"):
        first = advance_payment(payment=first, act=act, told=told, base_version=first.version, by=by)
    decision.refresh_from_db()
    assert decision.state == "committed"
    for act in ("order", "pay"):
        second = advance_payment(payment=second, act=act, told=told, base_version=second.version, by=by)
    decision.refresh_from_db()
    assert (decision.state, decision.line.level) == ("paid", "paid")
    with pytest.raises(Refused, match="ne reste rien"):
        plan_payments(decision=decision, parts=parts, base_version=decision.version, by=by)


def test_money_leaves_only_with_bank_details_and_the_charter(region, by):
    decision = notified(region, 100_000, by)
    [payment] = plan_payments(
        decision=decision, parts=[Instalment(1, "")], base_version=decision.version, by=by
    )
    decision.refresh_from_db()
    with pytest.raises(Refused, match="pas engagée"):
        advance_payment(payment=payment, act="order", told=Told(TODAY), base_version=payment.version, by=by)
    payment.refresh_from_db()
    deciding.commit(decision=decision, on=TODAY, base_version=decision.version, by=by)
    with pytest.raises(Refused, match=r"relevé d’identité bancaire.*républicain"):
        advance_payment(payment=payment, act="order", told=Told(TODAY), base_version=payment.version, by=by)


def eight_percent(region, by):
    told = Announced("freeze", TODAY, "Circulaire", "Gel de 8 % sur le P147", rate_bp=800)
    [event] = record_cut(envelopes=list(region.envelopes.all()), told=told, by=by)
    return event


def test_minus_eight_percent_after_programming(region, by):
    """J1.3: what is paid is untouched, the others give pro rata, letters are drafted, each step is kept."""
    paid = committed(region, 4_000_000, by, organisation=OrganisationFactory(kind="commune"))
    [whole] = plan_payments(decision=paid, parts=[Instalment(1, "")], base_version=paid.version, by=by)
    for act in ("order", "pay"):
        whole = advance_payment(payment=whole, act=act, told=Told(TODAY), base_version=whole.version, by=by)
    half = committed(region, 2_000_000, by)
    first, _second = plan_payments(
        decision=half, parts=[Instalment(1, ""), Instalment(1, "")], base_version=half.version, by=by
    )
    for act in ("order", "pay"):
        first = advance_payment(payment=first, act=act, told=Told(TODAY), base_version=first.version, by=by)
    fresh = notified(region, 3_500_000, by)
    event = eight_percent(region, by)
    assert event.amount_cents == 800_000
    simulation = simulate(event)
    # 5 000 € were not programmed: they give first.
    assert (simulation.absorbed, simulation.asked, simulation.given) == (500_000, 300_000, 300_000)
    with pytest.raises(Conflict):
        apply_cut(event=event, method=Method.PRO_RATA, validated_on=TODAY, digest="", by=by)
    changed = apply_cut(
        event=event, method=Method.PRO_RATA, validated_on=TODAY, digest=simulation.digest, by=by
    )
    assert {one.pk for one in changed} == {half.pk, fresh.pk}
    for decision in (paid, half, fresh):
        decision.refresh_from_db()
    assert (paid.state, paid.amount_cents) == ("paid", 4_000_000)
    assert (half.state, half.amount_cents) == ("frozen", 2_000_000 - 66_667)
    assert (fresh.state, fresh.amount_cents) == ("frozen", 3_500_000 - 233_333)
    assert sum(half.payments.values_list("cents", flat=True)) == half.amount_cents
    step = fresh.steps.get(move="freeze")
    assert (step.cents_before, step.cents_after, step.event) == (3_500_000, 3_266_667, event)
    assert (fresh.line.level, fresh.line.amount_cents) == ("notified", 3_266_667)
    letter = fresh.application.letters.get(sent_at=None)
    assert letter.kind == "changed"
    assert "au lieu de 35\u202f000\u202f€" in letter.body
    assert "Gel de 8 % sur le P147" in letter.body
    send_letter(letter=letter, base_version=letter.version, by=by)
    fresh.refresh_from_db()
    assert fresh.state == "notified"
    event.refresh_from_db()
    with pytest.raises(Refused, match="déjà appliqué"):
        apply_cut(event=event, method=Method.PRIORITY, validated_on=TODAY, digest="", by=by)
    assert JournalEntry.objects.filter(act="calls.cut_applied").exists()


def test_by_priority_the_last_ranked_loses_all_and_is_cancelled(region, by):
    last = voted(region, 500_000, by, rank=9)
    best = voted(region, 9_500_000, by, rank=1)
    simulation = simulate(event := eight_percent(region, by))
    apply_cut(event=event, method=Method.PRIORITY, validated_on=TODAY, digest=simulation.digest, by=by)
    for decision in (last, best):
        decision.refresh_from_db()
    assert (last.state, last.amount_cents, last.line.level) == ("cancelled", 0, "cancelled")
    assert (best.state, best.amount_cents) == ("frozen", 9_200_000)


def test_a_cut_is_not_recorded_for_tomorrow_nor_beyond_the_envelope(region, by):
    tomorrow = Announced("cut", TODAY + timedelta(days=1), "", "Annulation", rate_bp=100)
    with pytest.raises(Refused, match="pas encore venu"):
        record_cut(envelopes=list(region.envelopes.all()), told=tomorrow, by=by)
    beyond = Announced("cut", TODAY, "", "Annulation", cents=10_000_001)
    with pytest.raises(Refused, match="davantage"):
        record_cut(envelopes=list(region.envelopes.all()), told=beyond, by=by)


def test_a_dossier_that_stands_nowhere_has_no_line_and_is_voted_all_the_same(by):
    funder = CallFunderFactory(call=CallFactory())
    application = ApplicationFactory(submitted=True, call=funder.call, state="retained", contract=None)
    decision = FunderDecisionFactory(
        application=application, funder=funder, state="favourable", requested_cents=100, amount_cents=100
    )
    deciding.vote(call=funder.call, ballots=[deciding.Ballot(decision.pk)], act=ACT, by=by)
    decision.refresh_from_db()
    assert (decision.state, decision.line) == ("voted", None)


def test_a_letter_of_the_examination_notifies_nothing_and_holds_no_decision_back(region, by):
    decision = voted(region, 2_000_00, by)
    asked = decision.application.letters.create(kind="incomplete", subject="Pièces", body="Un devis.")
    assert draft_all(call=region.call, person=PersonFactory(), by=by) == 1
    assert send_letter(letter=asked, base_version=asked.version, by=by).sent_at
    decision.refresh_from_db()
    assert decision.notified_on is None
