"""The pages of landlords' conventions: who sees what, what a form refuses, files, lists that stay quick."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from faubourg.proximity.models import TfpbYear
from faubourg.proximity.overview import desk_lines
from faubourg.proximity.services import tfpb_moves as moves

from .landlord import DAY, FIRST, Cast, lines_of
from .test_tfpb import closed, paper, proved, visited

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    with time_machine.travel(DAY):
        yield Cast()


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_a_landlord_opens_its_own_and_no_other(client, cast):
    other = Cast(code="autre")
    client.force_login(cast.landlord)
    address = reverse("tfpb_new", args=["ville"])
    assert other.organisation.name in page(client, "tfpb_new", "ville")
    data = {
        "title": "Convention", "first_year": FIRST, "last_year": FIRST + 2, "duration_reason": "le contrat",
        "landlord": other.organisation.pk,
    }  # fmt: skip
    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"landlord": cast.organisation.pk}).status_code == 302


def test_a_project_is_not_public_a_signed_plan_is(client, cast):
    held = cast.opened()
    assert client.get(reverse("tfpb", args=[held.pk])).status_code == 302
    signed = cast.planned(held)
    today = timezone.localdate()
    moves.record_signatures(
        agreement=signed, days=dict.fromkeys(held.parties, today), base_version=None, by=cast.town.actor
    )
    told = page(client, "tfpb", held.pk)
    assert "Sur-entretien des halls" in told
    assert reverse("tfpb_line", args=[lines_of(held, FIRST)[0].pk]) not in told
    assert client.get(reverse("tfpb_year", args=[held.pk, FIRST])).status_code == 302


def test_the_landlord_writes_its_plan_in_forms(client, cast):
    held = cast.opened()
    client.force_login(cast.landlord)
    data = {"axis": 3, "title": "Nettoyage renforcé", f"year_{FIRST}": "12 000,50"}
    assert client.post(reverse("tfpb_action_new", args=[held.pk]), data).status_code == 302
    assert lines_of(held, FIRST)[0].planned_cents == 1_200_050
    assert "12\u202f000,50\u202f€" in page(client, "tfpb", held.pk)
    action = held.actions.get()
    stale = data | {"title": "Autre", "version": 0}
    assert client.post(reverse("tfpb_action", args=[action.pk]), stale).status_code == 409
    assert client.post(reverse("tfpb_action_remove", args=[action.pk])).status_code == 302
    assert not held.actions.exists()


def test_a_cost_beyond_its_ceiling_is_told_beside_its_field(client, cast):
    line = lines_of(cast.running(), FIRST)[0]
    client.force_login(cast.landlord)
    address = reverse("tfpb_line", args=[line.pk])
    data = {"cost": "100", "ordinary": "40", "valued": "80", "version": line.version}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "dépassent la gestion ordinaire" in answer.content.decode()
    assert client.post(address, data | {"valued": "60"}).status_code == 302


def test_proof_is_joined_read_and_taken_back(client, cast):
    line = lines_of(cast.running(), FIRST)[0]
    client.force_login(cast.landlord)
    add = reverse("tfpb_proof_add", args=[line.pk])
    assert client.post(add, {"label": "Rien"}).status_code == 422
    assert client.post(add, {"label": "Facture", "upload": paper()}).status_code == 302
    assert client.post(add, {"ticket": closed(cast).reference}).status_code == 302
    proof = line.evidence.get(document__isnull=False)
    answer = client.get(reverse("tfpb_proof", args=[proof.pk]))
    assert b"".join(answer.streaming_content).startswith(b"date")
    client.force_login(Cast(code="ailleurs").landlord)
    assert client.get(reverse("tfpb_proof", args=[proof.pk])).status_code == 403
    client.force_login(cast.landlord)
    assert client.post(reverse("tfpb_proof_remove", args=[proof.pk])).status_code == 302
    assert line.evidence.count() == 1


def test_a_review_goes_from_hand_to_hand(client, cast):
    held = cast.running()
    proved(cast, held)
    where = [held.pk, FIRST]
    client.force_login(cast.landlord)
    assert "Remettre le bilan" in page(client, "tfpb_year", *where)
    year = held.years.get(year=FIRST)
    assert client.post(reverse("tfpb_hand_in", args=where), {"version": year.version}).status_code == 302
    assert client.post(reverse("tfpb_visit", args=where)).status_code == 403
    client.force_login(cast.town)
    visit = {"on": timezone.localdate().isoformat(), "visitors": ["landlord"], "version": year.version + 1}
    assert client.post(reverse("tfpb_visit", args=where), visit).status_code == 422
    visit["visitors"] = ["landlord", "authority", "residents"]
    assert client.post(reverse("tfpb_visit", args=where), visit).status_code == 302
    for person, side in ((cast.town, "town"), (cast.state, "state")):
        client.force_login(person)
        address = reverse("tfpb_sign", args=[*where, side])
        assert client.get(address).status_code == 200
        version = TfpbYear.objects.get(pk=year.pk).version
        assert client.post(address, {"version": version}).status_code == 302
    client.logout()
    told = page(client, "tfpb_year", *where)
    assert "100,0\u202f%" in told
    assert cast.town.name not in told
    assert client.get(reverse("tfpb_year_pdf", args=where)).content.startswith(b"%PDF")


def test_what_is_missing_waits_on_each_ones_first_page(cast):
    cast.opened(first_year=FIRST, last_year=FIRST + 2)
    for person in (cast.landlord, cast.town, cast.state):
        assert any("Pas signée" in line.detail for line in desk_lines(person))
    assert desk_lines(Cast(code="ailleurs").landlord) == []


def test_after_the_visit_each_side_is_told_of_its_own_signature(cast):
    year = visited(cast)
    told = {
        person: " ".join(line.detail for line in desk_lines(person)) for person in (cast.town, cast.state)
    }
    assert "La collectivité n’a pas signé" in told[cast.town]
    assert "L’État n’a pas signé" in told[cast.state]
    assert "L’État n’a pas signé" not in told[cast.town]
    assert year.reported_on


@pytest.mark.parametrize("name", ["area_tfpb", "area_tfpb_lines"])
@pytest.mark.parametrize("fmt", ["", "csv", "xlsx", "ods"])
def test_landlords_side_by_side_as_files(client, cast, name, fmt):
    proved(cast, cast.running())
    client.force_login(cast.state)
    answer = client.get(reverse(name, args=["ville"]), {"format": fmt} if fmt else {})
    assert answer.status_code == 200
    if fmt == "csv":
        assert "Habitat d’essai" in answer.content.decode("utf-8-sig")
        assert "30000" in answer.content.decode("utf-8-sig") or name == "area_tfpb_lines"
    client.force_login(cast.landlord)
    assert client.get(reverse(name, args=["ville"])).status_code == 403


@pytest.mark.parametrize("name", ["area_tfpb", "area_tfpb_lines"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same(client, cast, django_assert_max_num_queries, name, count):
    held = cast.running()
    for year in range(FIRST, FIRST + count):
        for line in lines_of(held, year):
            line.evidence.create(label="Signalement", ticket=closed(cast))
    client.force_login(cast.town)
    with django_assert_max_num_queries(16):
        client.get(reverse(name, args=["ville"]))


def test_a_sheet_in_few_queries(client, cast, django_assert_max_num_queries):
    held = cast.running()
    proved(cast, held)
    client.force_login(cast.town)
    with django_assert_max_num_queries(34):
        page(client, "tfpb", held.pk)
    with django_assert_max_num_queries(30):
        page(client, "tfpb_year", held.pk, FIRST)
