"""The pages of a summary sheet: for who applies, for the services, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.models import Draft
from faubourg.calls.models import Intent
from faubourg.calls.services import intents as services
from faubourg.people.models import RoleGrant
from tests.factories.calls import ApplicantRoleFactory, IntentFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

from .applying import BEHIND, association, of_a_contract, receiving

pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe(client):
    person = PersonFactory(name="Zoé Roux")
    client.force_login(person)
    return person


@pytest.fixture
def place(db):
    return TerritoryFactory(kind="neighbourhood", code="QN05901N", name="Les Tilleuls")


@pytest.fixture
def call(place):
    call = receiving()
    of_a_contract(call, place)
    return call


def page(client, name, *args, **params):
    return client.get(reverse(name, args=args), params)


def send(client, address, *args, **data):
    return client.post(reverse(address, args=args), data)


def told(intent, place, **changes):
    return {
        "title": "Jardin",
        "measure": "f1",
        "contract": intent.contract_id,
        "summary": "Un jardin.",
        "audience": "Tous",
        "territories": [place.pk],
        "budget": "3 000",
        "requested": "2\u202f000,50 €",
        "version": intent.version,
    } | changes


def begun(client, call, zoe):
    held = association(administrator=zoe)
    send(client, "intent_new", call.code, organisation=held.pk, title="Jardin")
    return Intent.objects.get()


def test_without_an_organisation_one_is_sent_to_make_it_first(client, call, zoe):
    assert reverse("applicant_new") in page(client, "intent_new", call.code).content.decode()
    told = {"name": "Les voisins du 12", "kind": "collective", "how": "administrator"}
    back = reverse("intent_new", args=[call.code])
    assert send(client, "applicant_new", **told).url == back, "and one comes back to the call"


def test_one_begins_for_one_s_own_organisations_only(client, call, zoe):
    other = association("La Régie", administrator=PersonFactory())
    association(administrator=zoe)
    assert send(client, "intent_new", call.code, organisation=other.pk, title="x").status_code == 422
    assert not Intent.objects.exists()


def test_from_the_call_to_the_receipt(client, call, zoe, place):
    intent = begun(client, call, zoe)
    Draft.objects.create(person_ref=zoe.ref, form_key=f"intent:{intent.pk}", content={})
    assert "Les Tilleuls" in page(client, "intent_write", intent.pk).content.decode()
    kept = send(client, "intent_write", intent.pk, **told(intent, place), then="submit")
    assert kept.url == reverse("intent_submit", args=[intent.pk])
    assert not Draft.objects.exists()
    intent.refresh_from_db()
    assert (intent.budget_cents, intent.requested_cents) == (300_000, 200_050)
    assert send(client, "intent_submit", intent.pk).status_code == 302
    intent.refresh_from_db()
    shown = page(client, "intent", intent.pk).content.decode()
    assert intent.number in shown
    receipt = page(client, "intent_receipt", intent.pk)
    assert receipt.content.startswith(b"%PDF-")
    assert page(client, "intent_write", intent.pk).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": "dix mille"},
        {"budget": "10.000"},
        {"budget": "-5"},
        {"requested": "4 000"},
        {"measure": "f9"},
        {"territories": [0]},
        {"title": ""},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, call, zoe, place, wrong):
    intent = begun(client, call, zoe)
    answer = send(client, "intent_write", intent.pk, **told(intent, place, **wrong))
    assert answer.status_code == 422
    assert "Un jardin." in answer.content.decode()


def test_two_windows_are_shown_side_by_side(client, call, zoe, place):
    intent = begun(client, call, zoe)
    send(client, "intent_write", intent.pk, **told(intent, place))
    answer = send(client, "intent_write", intent.pk, **told(intent, place, summary="Un verger."))
    assert answer.status_code == 409
    for words in ("Un jardin.", "Un verger."):
        assert words in answer.content.decode()


def test_late_and_refused_says_why_and_keeps_the_draft(client, zoe, place):
    call = receiving(closes=BEHIND, sanction="block")
    of_a_contract(call, place)
    intent = begun(client, call, zoe)
    send(client, "intent_write", intent.pk, **told(intent, place))
    answer = send(client, "intent_submit", intent.pk)
    assert answer.status_code == 422
    assert "le brouillon reste" in answer.content.decode()
    assert "hors délai" in answer.content.decode()
    intent.refresh_from_db()
    assert (intent.state, intent.summary) == ("draft", "Un jardin.")


@pytest.fixture
def submitted(client, call, zoe, place):
    intent = begun(client, call, zoe)
    send(client, "intent_write", intent.pk, **told(intent, place))
    intent.refresh_from_db()
    return services.submit_intent(intent=intent, by=zoe.actor)


@pytest.fixture
def officer(call):
    return RoleGrantFactory(scope_kind="call", scope_code=call.code).person


def test_the_officer_lists_judges_and_revises(client, call, submitted, officer, zoe):
    client.force_login(officer)
    listed = page(client, "call_intents", call.code)
    assert submitted.number in listed.content.decode()
    assert "encore" in listed.content.decode()
    for fmt in ("csv", "xlsx", "ods", "pdf"):
        assert page(client, "call_intents", call.code, format=fmt).status_code == 200
    blank = send(client, "intent_opinion", submitted.pk, sense="refuse", text="", version=submitted.version)
    assert blank.status_code == 422
    said = {"sense": "reserve", "text": "Associez les écoles.", "version": submitted.version}
    assert send(client, "intent_opinion", submitted.pk, **said).status_code == 302
    again = send(client, "intent_opinion", submitted.pk, **said)
    assert again.status_code in {409, 422}
    assert "Associez les écoles." in again.content.decode()
    client.force_login(zoe)
    assert "Associez les écoles." in page(client, "intent", submitted.pk).content.decode()
    client.force_login(officer)
    submitted.refresh_from_db()
    revised = send(client, "intent_revise", submitted.pk, reason="À revoir", version=submitted.version)
    assert revised.status_code == 302


def test_a_town_s_technician_lists_its_contract_and_notes_a_contact(client, call, submitted, place):
    commune = TerritoryFactory(kind="commune", code="59001", name="Ville")
    place.communes.add(commune)
    IntentFactory(call=call, submitted=True, number="X", title="Ailleurs")
    role = RoleGrantFactory(
        role=RoleGrant.Role.COMMUNE_REFERENT, scope_kind=commune.kind, scope_code=commune.code
    )
    client.force_login(role.person)
    listed = page(client, "call_intents", call.code).content.decode()
    assert "Jardin" in listed
    assert "Ailleurs" not in listed
    noted = {"party": "commune", "service": "Politique de la ville", "advice": "Associer l’école."}
    today = timezone.localdate()
    key = f"contact_new:{submitted.pk}"
    Draft.objects.create(person_ref=role.person.ref, form_key=key, content={})
    assert send(client, "contact_new", submitted.pk, **noted, on=today).status_code == 302
    assert not Draft.objects.filter(form_key=key).exists()
    assert send(client, "contact_new", submitted.pk, **noted, on="2999-01-01").status_code == 422
    contact = submitted.prior_contacts.get()
    assert contact.recorded_by == role.person.ref
    send(client, "contact_remove", submitted.pk, contact.pk)
    assert not submitted.prior_contacts.exists()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"q": "jardin"}, True),
        ({"q": "voisins"}, True),
        ({"q": "zzz"}, False),
        ({"mesure": "f1"}, True),
        ({"mesure": "f2"}, False),
        ({"avis": "attendu"}, True),
        ({"avis": "retard"}, False),
        ({"avis": "conforming"}, False),
        ({"delai": "hors"}, False),
    ],
)
def test_the_list_is_filtered(client, call, submitted, officer, asked, shown):
    client.force_login(officer)
    assert (submitted.number in page(client, "call_intents", call.code, **asked).content.decode()) is shown


def test_an_opinion_two_days_late_is_told_at_the_head_of_the_list(client, call, submitted, officer):
    Intent.objects.update(opinion_due_on=timezone.localdate() - timezone.timedelta(2))
    client.force_login(officer)
    assert "à reprendre" in page(client, "call_intents", call.code).content.decode()
    assert submitted.number in page(client, "call_intents", call.code, avis="relance").content.decode()


def test_the_sheet_of_who_types_on_a_mandate_bears_both_names(client, call, zoe):
    held = association("Les Tilleuls")
    ApplicantRoleFactory(organisation=held, person=zoe, role="assistant", mandate="au téléphone, le 3 mars")
    send(client, "intent_new", call.code, organisation=held.pk, title="Fête")
    intent = Intent.objects.get()
    assert intent.written_by_name == "Zoé Roux, pour Les Tilleuls"
    for name in ("intent", "intent_write", "intent_submit", "contact_new"):
        assert "au téléphone" in page(client, name, intent.pk).content.decode(), name


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_with_one_and_three(
    client, call, submitted, officer, zoe, django_assert_max_num_queries, count
):
    for rank in range(count):
        IntentFactory(
            call=call,
            submitted=True,
            number=f"X{rank}",
            contract=submitted.contract,
            opinion_due_on=timezone.localdate(),
        )
        note = {"party": "epci", "service": "Service", "advice": "Oui.", "on": timezone.localdate()}
        send(client, "contact_new", submitted.pk, **note)
    for name, args in (("intent", [submitted.pk]), ("intent_new", [call.code])):
        with django_assert_max_num_queries(15):
            assert page(client, name, *args).status_code == 200
    client.force_login(officer)
    for name, args in (("call_intents", [call.code]), ("intent", [submitted.pk])):
        with django_assert_max_num_queries(15):
            assert page(client, name, *args).status_code == 200


def test_the_boxes_can_be_searched(client, call, zoe, place):
    shown = page(client, "intent_write", begun(client, call, zoe).pk).content.decode()
    assert re.search(r'<div[^>]*class="choose"', shown)
    assert "calls/choose.js" in shown
