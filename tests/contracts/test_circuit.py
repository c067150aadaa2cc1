"""The circuit of a contract lived by people: in order, n of n, corrected with a reason, two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from faubourg.base import documents
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Refused
from faubourg.contracts.models import Contract, ContractStep
from faubourg.contracts.queries.circuit import circuit_of, validating_communes
from faubourg.contracts.services import circuit, signing
from faubourg.rules.contract_circuit import Act, State
from tests.factories.agreement import SignatoryFactory
from tests.factories.contracts import ContractFactory, LinkFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
CITED = "Délibération du 1er mars 2024"


def advance(town, officer, *acts, **told):
    for act in acts:
        circuit.advance_contract(
            contract=town.contract, act=act, on=DAY, cited=CITED, by=officer.actor, **told
        )
    return town.contract


def validated_by_all(town, officer):
    """Up to the steering committee."""
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    for commune in (town.centre, town.suburb):
        circuit.record_commune_validation(
            contract=town.contract, commune=commune, on=DAY, cited=CITED, by=officer.actor
        )
    return advance(town, officer, Act.VALIDATE_STEERING)


def sentences(refused):
    return " ".join(reason.sentence for reason in refused.value.verdict.refusals())


def test_the_communes_that_validate_are_those_of_the_neighbourhoods(town):
    assert validating_communes(town.contract) == [town.centre, town.suburb]
    LinkFactory(contract=town.contract, rejected=True, decided_by="0" * 32, decided_at=timezone.now())
    assert len(validating_communes(town.contract)) == 2


def test_the_steering_committee_before_the_communes_is_refused_and_says_which_are_missing(town, officer):
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    circuit.record_commune_validation(
        contract=town.contract, commune=town.centre, on=DAY, cited=CITED, by=officer.actor
    )
    with pytest.raises(Refused) as refused:
        advance(town, officer, Act.VALIDATE_STEERING)
    assert "La Banlieue" in sentences(refused)
    assert "1 sur 2" in sentences(refused)
    town.contract.refresh_from_db()
    assert town.contract.state == State.VALIDATED_EPCI


def test_the_last_commune_makes_it_validated_by_the_communes(town, officer):
    validated_by_all(town, officer)
    assert town.contract.state == State.VALIDATED_STEERING
    found = circuit_of(town.contract)
    assert (found.validated, len(found.communes)) == (2, 2)
    acts = [entry.act for entry in entries_for("contract", f"2024-2030/{town.contract.code}")]
    assert acts.count("contract.commune.validated") == 2


def test_a_commune_validates_once_and_only_in_its_turn(town, officer):
    with pytest.raises(Refused):
        circuit.record_commune_validation(
            contract=town.contract, commune=town.centre, on=DAY, cited=CITED, by=officer.actor
        )
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    told = {"contract": town.contract, "on": DAY, "cited": CITED, "by": officer.actor}
    circuit.record_commune_validation(commune=town.centre, **told)
    for commune in (town.centre, TerritoryFactory(name="Ailleurs")):
        with pytest.raises(Refused):
            circuit.record_commune_validation(commune=commune, **told)


def test_a_round_begins_again_when_the_contract_goes_back_to_the_project(town, officer):
    validated_by_all(town, officer)
    with pytest.raises(Refused):
        advance(town, officer, Act.SEND_BACK)
    advance(town, officer, Act.SEND_BACK, reason="Le comité demande un autre axe")
    assert circuit_of(town.contract).validated == 0
    advance(town, officer, Act.CONSULT, Act.VALIDATE_EPCI)
    assert circuit_of(town.contract).validated == 0


def test_a_partial_then_a_full_signature_and_the_entry_into_force(town, officer):
    validated_by_all(town, officer)
    state, city, landlord = (
        signing.add_party(agreement=town.contract, name=name, mandatory=mandatory, by=officer.actor)
        for name, mandatory in (("État", True), ("Ville", True), ("Bailleur", False))
    )
    signing.sign_party(party=state, on=date(2024, 7, 1), by=officer.actor)
    town.contract.refresh_from_db()
    assert (town.contract.state, town.contract.signed_on) == (State.PARTLY_SIGNED, None)
    signing.sign_party(party=city, on=date(2024, 7, 10), by=officer.actor)
    town.contract.refresh_from_db()
    assert (town.contract.state, town.contract.signed_on) == (State.SIGNED, date(2024, 7, 10))
    with pytest.raises(Refused):
        circuit.advance_contract(
            contract=town.contract, act=Act.ENTER_FORCE, on=date(2024, 7, 11), by=officer.actor
        )
    circuit.advance_contract(
        contract=town.contract, act=Act.ENTER_FORCE, on=date(2024, 7, 11), by=officer.actor,
        ends_on=date(2030, 12, 31),
    )  # fmt: skip
    assert (town.contract.in_force_on, town.contract.ends_on) == (date(2024, 7, 11), date(2030, 12, 31))
    signing.sign_party(party=landlord, on=date(2024, 9, 1), by=officer.actor)
    with pytest.raises(Refused):
        signing.correct_party(party=city, reason="Trop tard", by=officer.actor)


def test_a_motivated_refusal_counts_as_an_answer_and_one_without_a_reason_does_not(town, officer):
    validated_by_all(town, officer)
    first, second = (SignatoryFactory(contract=town.contract) for _ in range(2))
    signing.sign_party(party=first, on=DAY, by=officer.actor)
    with pytest.raises(Refused):
        signing.refuse_party(party=second, on=DAY, reason="  ", by=officer.actor)
    signing.refuse_party(party=second, on=DAY, reason="Délibération contraire", by=officer.actor)
    town.contract.refresh_from_db()
    assert town.contract.state == State.SIGNED


def test_the_signed_page_or_the_letter_is_handed_to_who_reads_the_workings(
    client, town, officer, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    party = SignatoryFactory(contract=town.contract)
    address = reverse("contract_party_document", args=[town.contract.code, party.pk])
    page = reverse("contract_circuit", args=[town.contract.code])
    validated_by_all(town, officer)
    client.force_login(officer)
    assert client.get(address).status_code == 404
    assert address not in client.get(page).text
    upload = SimpleUploadedFile("lettre.pdf", b"%PDF-1.4 essai", "application/pdf")
    kept = documents.keep(upload=upload, purpose="signature", by=officer.actor)
    signing.refuse_party(party=party, on=DAY, reason="Non", by=officer.actor, document=kept)
    assert address in client.get(page).text
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 essai"
    assert "lettre.pdf" in answer["Content-Disposition"]
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 403
    assert address not in client.get(page).text


def test_refusals_alone_sign_nothing(town, officer):
    validated_by_all(town, officer)
    only = SignatoryFactory(contract=town.contract)
    signing.refuse_party(party=only, on=DAY, reason="Non", by=officer.actor)
    town.contract.refresh_from_db()
    assert town.contract.state == State.VALIDATED_STEERING


def test_a_signature_recorded_by_mistake_is_taken_back_with_a_reason(town, officer):
    validated_by_all(town, officer)
    only = SignatoryFactory(contract=town.contract)
    signing.sign_party(party=only, on=DAY, by=officer.actor)
    with pytest.raises(Refused):
        signing.correct_party(party=only, reason="", by=officer.actor)
    signing.correct_party(party=only, reason="Pas la bonne page", by=officer.actor)
    town.contract.refresh_from_db()
    assert (town.contract.state, town.contract.signed_on) == (State.VALIDATED_STEERING, None)
    [step] = [s for s in circuit_of(town.contract).steps if s.after == State.VALIDATED_STEERING][1:]
    assert step.reason == "Pas la bonne page"


def test_the_parties_are_closed_once_all_have_spoken(town, officer):
    validated_by_all(town, officer)
    only = SignatoryFactory(contract=town.contract, name="État")
    signing.sign_party(party=only, on=DAY, by=officer.actor)
    for name, mandatory in (("Région", True), ("état", False), ("  ", False)):
        with pytest.raises(Refused):
            signing.add_party(agreement=town.contract, name=name, mandatory=mandatory, by=officer.actor)
    with pytest.raises(Refused):
        signing.remove_party(party=only, reason="Erreur", by=officer.actor)
    late = signing.add_party(agreement=town.contract, name="Bailleur", mandatory=False, by=officer.actor)
    signing.remove_party(party=late, reason="Ne signe pas", by=officer.actor)


def test_removing_the_party_that_was_awaited_signs_the_contract(town, officer):
    validated_by_all(town, officer)
    here, gone = (SignatoryFactory(contract=town.contract) for _ in range(2))
    signing.sign_party(party=here, on=DAY, by=officer.actor)
    signing.remove_party(party=gone, reason="N’est plus partie", by=officer.actor)
    town.contract.refresh_from_db()
    assert (town.contract.state, town.contract.signed_on) == (State.SIGNED, DAY)


def test_the_last_step_is_undone_and_the_trail_keeps_both(town, officer):
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE)
    first, last = circuit_of(town.contract).standing
    for step, reason in ((first, "Erreur"), (last, " ")):
        with pytest.raises(Refused):
            circuit.undo_step(contract=town.contract, step=step, reason=reason, by=officer.actor)
    circuit.undo_step(contract=town.contract, step=last, reason="Mauvais bouton", by=officer.actor)
    assert town.contract.state == State.PREFIGURATION
    assert ContractStep.objects.filter(contract=town.contract).count() == 3
    with pytest.raises(Refused):
        circuit.undo_step(contract=town.contract, step=last, reason="Encore", by=officer.actor)


def test_a_commune_recorded_by_mistake_reopens_the_round(town, officer):
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    steps = [
        circuit.record_commune_validation(
            contract=town.contract, commune=commune, on=DAY, cited=CITED, by=officer.actor
        )
        for commune in (town.centre, town.suburb)
    ]
    assert town.contract.state == State.VALIDATED_COMMUNES
    circuit.undo_step(contract=town.contract, step=steps[0], reason="Autre séance", by=officer.actor)
    assert town.contract.state == State.VALIDATED_EPCI
    assert [line.step is not None for line in circuit_of(town.contract).communes] == [False, True]
    circuit.record_commune_validation(
        contract=town.contract, commune=town.centre, on=DAY, cited=CITED, by=officer.actor
    )
    advance(town, officer, Act.VALIDATE_STEERING)
    with pytest.raises(Refused):
        circuit.undo_step(contract=town.contract, step=steps[1], reason="Trop tard", by=officer.actor)


def test_a_contract_already_in_force_is_taken_over_and_given_back(town, officer):
    told = {"on": DAY, "cited": CITED, "by": officer.actor, "signed_on": DAY, "ends_on": date(2030, 12, 31)}
    circuit.advance_contract(contract=town.contract, act=Act.ADOPT, **told)
    assert (town.contract.state, town.contract.signed_on) == (State.IN_FORCE, DAY)
    [step] = circuit_of(town.contract).standing
    circuit.undo_step(contract=town.contract, step=step, reason="Texte à saisir", by=officer.actor)
    assert (town.contract.state, town.contract.signed_on, town.contract.in_force_on) == ("", None, None)


def test_nobody_chooses_that_a_contract_is_signed(town, officer):
    validated_by_all(town, officer)
    for act in (Act.SIGN_PARTLY, Act.SIGN, Act.UNSIGN, Act.EXTEND):
        with pytest.raises(Refused):
            advance(town, officer, act)


def test_a_contract_is_replaced_by_a_signed_successor_only(town, officer):
    town.contract.state = State.IN_FORCE
    town.contract.save()
    with pytest.raises(Refused):
        advance(town, officer, Act.REPLACE)
    ContractFactory(predecessor=town.contract, state=State.SIGNED)
    assert advance(town, officer, Act.REPLACE).state == State.REPLACED


def at_once(*writes):
    """Each in its own thread, all at the same moment: what each answered."""
    barrier = Barrier(len(writes))

    def run(write):
        try:
            barrier.wait(5)
            write()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(writes)) as pool:
        return sorted(pool.map(run, writes))


@pytest.mark.django_db(transaction=True)
def test_two_people_who_advance_at_once_advance_once(town, officer):
    other = PersonFactory()
    answers = at_once(
        *(
            lambda by=by: circuit.advance_contract(
                contract=Contract.objects.get(pk=town.contract.pk), act=Act.FOLLOW, on=DAY, by=by
            )
            for by in (officer.actor, other.actor)
        )
    )
    assert answers == ["done", "refused"]
    assert town.contract.steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_parties_who_sign_at_once_sign_the_contract(town, officer):
    validated_by_all(town, officer)
    parties = [SignatoryFactory(contract=town.contract) for _ in range(2)]
    answers = at_once(*(lambda p=p: signing.sign_party(party=p, on=DAY, by=officer.actor) for p in parties))
    assert answers == ["done", "done"]
    town.contract.refresh_from_db()
    assert town.contract.state == State.SIGNED


# --- the pages ------------------------------------------------------------------------------------------


def page(client, town, name="contract_circuit", *args):
    return client.get(reverse(name, args=[town.contract.code, *args]))


def test_the_page_is_public_without_names(client, town, officer):
    validated_by_all(town, officer)
    SignatoryFactory(contract=town.contract, name="Préfecture")
    public = page(client, town).content.decode()
    assert "Préfecture" in public
    assert CITED in public
    assert officer.name not in public
    client.force_login(officer)
    assert officer.name in page(client, town).content.decode()


def test_nothing_is_awaited_of_communes_once_everybody_signed(client, town, officer):
    advance(town, officer, Act.FOLLOW)
    assert "attendue" in page(client, town).text
    Contract.objects.filter(pk=town.contract.pk).update(state=State.SIGNED)
    signed = page(client, town).text
    assert "attendue" not in signed
    assert signed.count("non enregistrée ici") == 2


def test_advancing_out_of_order_from_the_page_says_why_beside_the_act(client, town, officer):
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    client.force_login(officer)
    sent = {"act": "validate-steering", "on": "2024-03-01", "cited": CITED}
    answer = client.post(reverse("contract_advance", args=[town.contract.code]), sent)
    assert answer.status_code == 422
    assert "Il manque : Centre-Ville, La Banlieue" in answer.content.decode()


def test_a_commune_then_a_signature_then_its_correction_through_the_pages(client, town, officer):
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    client.force_login(officer)
    code = town.contract.code
    for commune in (town.centre, town.suburb):
        sent = {"on": "2024-03-01", "cited": CITED}
        assert client.post(reverse("contract_commune", args=[code, commune.code]), sent).status_code == 302
    sent = {"act": "validate-steering", "on": "2024-03-01", "cited": CITED}
    assert client.post(reverse("contract_advance", args=[code]), sent).status_code == 302
    sent = {"name": "  Préfecture  de la Loire ", "mandatory": "on"}
    assert client.post(reverse("contract_party_add", args=[code]), sent).status_code == 302
    party = town.contract.parties.get(name="Préfecture de la Loire")
    url = reverse("contract_party_sign", args=[code, party.pk])
    assert client.post(url, {"said": "refused", "on": "2024-03-02"}).status_code == 422
    tomorrow = (timezone.localdate() + timedelta(1)).isoformat()
    assert client.post(url, {"said": "signed", "on": tomorrow}).status_code == 422
    assert client.post(url, {"said": "signed", "on": "2024-03-02"}).status_code == 302
    url = reverse("contract_party_correct", args=[code, party.pk])
    assert client.post(url, {"reason": "Erreur"}).status_code == 302
    party.refresh_from_db()
    assert party.signed_on is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_its_length(
    client, officer, town, django_assert_max_num_queries, count
):
    for _ in range(count):
        SignatoryFactory(contract=town.contract)
        circuit.advance_contract(contract=town.contract, act=Act.FOLLOW, on=DAY, by=officer.actor)
        [step] = circuit_of(town.contract).standing
        circuit.undo_step(contract=town.contract, step=step, reason="Essai", by=officer.actor)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        assert page(client, town).status_code == 200


def test_who_may_not_write_is_told_why(client, town, stranger):
    client.force_login(stranger)
    assert page(client, town, "contract_advance").status_code == 403
    delegate = RoleGrantFactory(role="prefect_delegate").person
    client.force_login(delegate)
    assert page(client, town, "contract_advance").status_code == 200


def test_a_referent_records_and_takes_back_the_council_of_their_commune_and_no_other(client, town, officer):
    referent = RoleGrantFactory(
        role="commune_referent", scope_kind="commune", scope_code=town.centre.code
    ).person
    advance(town, officer, Act.FOLLOW, Act.DIAGNOSE, Act.DRAFT, Act.CONSULT, Act.VALIDATE_EPCI)
    client.force_login(referent)
    code = town.contract.code
    way = reverse("contract_circuit", args=[code])
    own, other = (reverse("contract_commune", args=[code, one.code]) for one in (town.centre, town.suburb))
    told = {"on": DAY.isoformat(), "cited": CITED}
    page = client.get(way).text
    assert (own in page, other in page) == (True, False)
    assert client.get(reverse("contract_advance", args=[code])).status_code == 403
    assert client.post(other, told).status_code == 403
    assert client.post(own, told).status_code == 302
    theirs = circuit.record_commune_validation(
        contract=town.contract, commune=town.suburb, on=DAY, cited=CITED, by=officer.actor
    )
    mine = ContractStep.objects.get(territory=town.centre)
    assert (mine.by, mine.act) == (referent.ref, CITED)
    page = client.get(way).text
    undo_own, undo_other = (reverse("contract_step_undo", args=[code, one.pk]) for one in (mine, theirs))
    assert (undo_own in page, undo_other in page) == (True, False)
    last = ContractStep.objects.filter(territory=None).latest("pk")
    for step in (theirs, last):
        address = reverse("contract_step_undo", args=[code, step.pk])
        assert client.post(address, {"reason": "Erreur"}).status_code == 403
    assert client.post(undo_own, {"reason": "Autre séance"}).status_code == 302
    assert [line.step is not None for line in circuit_of(town.contract).communes] == [False, True]
