"""Droit commun first: the register, what partners promise, and the question of substitution."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.access import hand_in_money
from faubourg.contracts.listings_ordinary import light_words
from faubourg.contracts.models import Commitment, OrdinaryMeans
from faubourg.contracts.queries.ordinary import means_of, promises_of, substitution_of
from faubourg.contracts.services.commitments import drop_commitment, keep_commitment, make_commitment
from faubourg.contracts.services.ordinary import add_means, revise_means, take_resources
from faubourg.territories.models import LocalResource
from tests.factories.money import CommitmentFactory, MeansFactory, TypedLineFactory
from tests.factories.territories import SourceFactory

pytestmark = pytest.mark.django_db
MEANS = {
    "partner": None, "partner_printed": "Ville", "kind": "service", "label": "Permanence",
    "neighbourhood": None, "place": "inside", "year": 2024, "amount_cents": 5_000, "etp": None, "note": "",
    "ended_on": None,
}  # fmt: skip
PROMISE = {
    "partner": None, "partner_printed": "CAF", "text": "Ouvrir une permanence", "target": "1 par semaine",
    "objective": None, "owner_name": "Bo Li", "due_on": date(2025, 12, 31), "due_printed": "fin 2025",
    "due_reading": "dernier jour de l’année", "neighbourhoods": [],
}  # fmt: skip


@pytest.fixture
def hand(town, officer):
    return hand_in_money(officer, town.contract)


def resource(place, name, kind="equipment"):
    return LocalResource.objects.create(territory=place, kind=kind, name=name, source=SourceFactory())


def test_what_the_neighbourhoods_list_is_taken_once(town, officer):
    resource(town.quarters[0], "Gymnase")
    resource(town.quarters[1], "Permanence", "service")
    resource(town.quarters[1], "Association de quartier", "association")
    assert take_resources(contract=town.contract, by=officer.actor) == 2
    assert set(OrdinaryMeans.objects.values_list("label", "kind")) == {
        ("Gymnase", "equipment"),
        ("Permanence", "service"),
    }
    with pytest.raises(Refused):
        take_resources(contract=town.contract, by=officer.actor)


def test_means_are_corrected_but_never_over_somebody(town, officer, hand):
    means = add_means(contract=town.contract, said=MEANS, hand=hand, by=officer.actor)
    revise_means(means=means, said=MEANS | {"etp": 2}, version=1, hand=hand, by=officer.actor)
    with pytest.raises(Conflict):
        revise_means(means=means, said=MEANS | {"etp": 3}, version=1, hand=hand, by=officer.actor)


def test_a_fall_beside_a_rise_is_a_question_with_figures(town):
    quarter = town.quarters[0]
    for year, cents in ((2024, 10_000_000), (2025, 8_000_000)):
        MeansFactory(
            contract=town.contract, neighbourhood=quarter, label="Permanence", year=year, amount_cents=cents
        )
    TypedLineFactory(contract=town.contract, territory=quarter, year=2025, origin="specific")
    [verdict] = substitution_of(town.contract, means_of(town.contract))
    assert verdict.ok is False
    said = verdict.reasons[0].sentence.replace("\u202f", " ")
    assert "100 000 €" in said
    assert "10 000 €" in said
    page = Client().get(f"/contrats/{town.contract.code}/droit-commun/").content.decode()
    assert "À expliquer" in page


def test_a_missing_year_is_unknown_never_a_fall(town):
    quarter = town.quarters[0]
    MeansFactory(contract=town.contract, neighbourhood=quarter, label="A", year=2024, amount_cents=5)
    MeansFactory(contract=town.contract, neighbourhood=quarter, label="B", year=2025, amount_cents=1)
    MeansFactory(contract=town.contract, neighbourhood=quarter, label="Sans année")
    TypedLineFactory(contract=town.contract, territory=quarter, year=2025, origin="specific")
    assert [verdict.ok for verdict in substitution_of(town.contract, means_of(town.contract))] == [None]


def test_ordinary_money_never_counts_as_specific(town):
    quarter = town.quarters[0]
    for year, cents in ((2024, 10), (2025, 8)):
        MeansFactory(contract=town.contract, neighbourhood=quarter, label="A", year=year, amount_cents=cents)
    TypedLineFactory(contract=town.contract, territory=quarter, year=2025, origin="ordinary")
    assert substitution_of(town.contract, means_of(town.contract)) == []


def promise(town, hand, officer, **said):
    return make_commitment(contract=town.contract, said=PROMISE | said, hand=hand, by=officer.actor)


def test_a_promise_is_kept_with_a_proof_and_a_day(town, officer, hand):
    made = promise(town, hand, officer)
    assert (made.due_read_by_name, made.version) == ("Ana Diaz", 1)
    kept = {"version": 1, "hand": hand, "by": officer.actor, "kept_on": date(2025, 6, 1)}
    with pytest.raises(Refused):
        keep_commitment(commitment=made, proof=" ", upload=None, **kept)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused):
        keep_commitment(commitment=made, proof="Vu", upload=None, **(kept | {"kept_on": tomorrow}))
    upload = SimpleUploadedFile("convention.pdf", b"%PDF-1.7 x", "application/pdf")
    found = keep_commitment(commitment=made, proof="", upload=upload, **kept)
    assert light_words(found) == "tenu"
    with pytest.raises(Refused):
        drop_commitment(commitment=found, reason="Non", version=2, hand=hand, by=officer.actor)


def test_lights_are_counted_from_the_dates(town):
    today = timezone.localdate()
    CommitmentFactory(contract=town.contract, due_on=today - timedelta(days=3))
    CommitmentFactory(contract=town.contract, due_on=today)
    CommitmentFactory(contract=town.contract, kept_on=today, proof="Vu")
    CommitmentFactory(contract=town.contract, dropped_on=today, dropped_reason="Budget")
    found = promises_of(town.contract, today)
    assert (found.all, found.kept, found.late, found.soon, found.dropped) == (4, 1, 1, 1, 1)


def test_names_and_proofs_are_for_partners(town, officer, hand, client):
    made = promise(town, hand, officer)
    upload = SimpleUploadedFile("convention.pdf", b"%PDF-1.7 x", "application/pdf")
    keep_commitment(
        commitment=made,
        proof="",
        upload=upload,
        kept_on=date(2025, 6, 1),
        version=1,
        hand=hand,
        by=officer.actor,
    )
    address = f"/contrats/{town.contract.code}/droit-commun/engagements/{made.pk}/"
    page = client.get(address).content.decode()
    assert "Bo Li" not in page
    assert "Ana Diaz" not in page
    assert client.get(f"{address}preuve/").status_code == 302
    client.force_login(officer)
    assert "Bo Li" in client.get(address).content.decode()
    assert b"".join(client.get(f"{address}preuve/").streaming_content) == b"%PDF-1.7 x"


@pytest.mark.parametrize(
    ("path", "factory"),
    [("droit-commun/", MeansFactory), ("droit-commun/engagements/", CommitmentFactory)],
)
def test_the_lists_ask_the_same_with_one_and_three_rows(town, officer, client, path, factory):
    client.force_login(officer)
    asked = []
    for count in (1, 2):
        for _ in range(count):
            factory(
                contract=town.contract, **({"neighbourhood": town.quarters[0]} if "eng" not in path else {})
            )
        client.get(f"/contrats/{town.contract.code}/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/contrats/{town.contract.code}/{path}").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "pdf"])
@pytest.mark.parametrize("path", ["droit-commun/", "droit-commun/engagements/"])
def test_the_lists_leave_as_files(town, client, path, fmt):
    MeansFactory(contract=town.contract, year=2024, amount_cents=5)
    CommitmentFactory(contract=town.contract)
    assert client.get(f"/contrats/{town.contract.code}/{path}?format={fmt}").status_code == 200


def test_the_forms_write_and_refuse_in_a_sentence(town, officer, client):
    client.force_login(officer)
    base = f"/contrats/{town.contract.code}/droit-commun/"
    said = {"label": "Permanence", "kind": "service", "place": "lived", "partner_printed": "CAF"}
    refused = client.post(f"{base}ajouter/", said | {"amount_cents": "10.000"})
    assert refused.status_code == 422
    assert "se lit de deux façons" in refused.content.decode()
    assert client.post(f"{base}ajouter/", said | {"amount_cents": "10 000"}).status_code == 422
    assert client.post(f"{base}ajouter/", said | {"amount_cents": "10 000", "year": 2024}).status_code == 302
    means = OrdinaryMeans.objects.get()
    assert means.amount_cents == 1_000_000
    late = client.post(f"{base}{means.pk}/", said | {"version": 7})
    assert "Rien n’est écrasé" in late.content.decode()
    assert client.post(f"{base}engagements/ajouter/", {"text": "Ouvrir"}).status_code == 422
    made = client.post(f"{base}engagements/ajouter/", {"text": "Ouvrir", "partner_printed": "CAF"})
    assert made.status_code == 302
    found = Commitment.objects.get()
    assert client.post(f"{base}engagements/{found.pk}/abandonner/", {"version": 1}).status_code == 422
    dropped = client.post(f"{base}engagements/{found.pk}/abandonner/", {"version": 1, "reason": "Budget"})
    assert dropped.status_code == 302
    assert "abandonné" in client.get(dropped.url).content.decode()
