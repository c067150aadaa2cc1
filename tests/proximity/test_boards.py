"""The map and the files of an area: complete, quick, and nothing in them of who reported."""

import json
import random
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from faubourg.proximity.models import Ticket
from faubourg.proximity.queries.public_place import homes_of, with_public_point, within
from faubourg.rules.proximity.places import Point
from faubourg.rules.proximity.public_place import public_point
from tests.factories.proximity import LAT, LON, AreaFactory, CategoryFactory, TicketFactory, WalkFactory

pytestmark = pytest.mark.django_db
SECRETS = {
    "text": "SECRET-texte", "place_words": "SECRET-lieu", "contact_name": "SECRET-nom",
    "contact": "secret-contact@exemple.fr", "contact_address": "SECRET-adresse",
    "taken_by_name": "SECRET-agent",
    "attributes": {"q": "SECRET-reponse"}, "routing": {"why": "SECRET-attribution"},
}  # fmt: skip
BOX = f"bbox={LON - 0.02},{LAT - 0.02},{LON + 0.02},{LAT + 0.02}"


@pytest.fixture
def area():
    return AreaFactory(code="ville")


def data(client, query=BOX, zoom=14, more=""):
    return client.get(f"/proximite/ville/carte/donnees.json?{query}&zoom={zoom}{more}")


def read(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


@pytest.mark.parametrize(
    "address",
    ["carte/", f"carte/donnees.json?{BOX}&zoom=14", f"carte/donnees.json?{BOX}&zoom=19", "signalements.csv",
     "signalements.geojson"],
)  # fmt: skip
def test_nothing_personal_goes_out(client, area, address):
    ticket = TicketFactory(area=area, public_text="Un banc cassé", accuracy_m=60, **SECRETS)
    page = read(client.get(f"/proximite/ville/{address}"))
    assert ticket.reference in page
    assert "secret" not in page.lower()
    assert ticket.key not in page
    assert str(ticket.client_id) not in page
    assert str(ticket.lon)[:8] not in page or round(ticket.lon, 4) == ticket.lon


def test_the_database_rounds_as_the_rule_does(area):
    chance = random.Random(3)
    home = CategoryFactory(area=area, theme="housing")
    other = CategoryFactory(area=area)
    for n in range(60):
        TicketFactory(
            area=area, category=home if n % 5 == 0 else other, lon=LON + chance.random(),
            lat=-LAT + chance.random() if n % 2 else LAT + chance.random(),
            accuracy_m=chance.choice([None, 0, 20, 21, 100, 101, 500, 501, 9000]),
        )  # fmt: skip
    shown = {one.pk: one for one in with_public_point(Ticket.objects.all(), homes_of([home, other]))}
    for one in Ticket.objects.all():
        point = public_point(Point(one.lon, one.lat), one.accuracy_m, home=one.category_id == home.pk)
        found = shown.get(one.pk)
        assert (found is None) == (point is None)
        if found:
            assert (found.public_lon, found.public_lat) == pytest.approx(point, abs=1e-9)


def test_a_smaller_frame_finds_nothing_more_exact(area):
    ticket = TicketFactory(area=area, lon=LON + 0.00037, lat=LAT, accuracy_m=300)
    placed = with_public_point(Ticket.objects.all(), [])
    tight = (ticket.lon - 0.00001, LAT - 0.01, ticket.lon + 0.00001, LAT + 0.01)
    assert not within(placed, tight)
    assert within(placed, (LON - 0.01, LAT - 0.01, LON + 0.01, LAT + 0.01))


def test_a_new_report_is_on_the_map_at_once(client, area):
    assert data(client).json() == {"reports": [], "groups": []}
    ticket = TicketFactory(area=area)
    assert data(client).json()["reports"][0][2] == ticket.reference
    assert data(client)["Cache-Control"].startswith("max-age=0, no-cache")


def test_the_day_of_a_report_is_that_of_paris(client, area):
    ticket = TicketFactory(area=area)
    Ticket.objects.filter(pk=ticket.pk).update(created_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert data(client).json()["reports"][0][5] == "2026-07-02"


def test_what_is_near_is_one_group_until_the_street(client, area):
    for n in range(5):
        TicketFactory(area=area, lon=LON + n * 0.00005)
    town = data(client, zoom=13).json()
    assert [group[2] for group in town["groups"]] == [5]
    street = data(client, f"bbox={LON - 0.002},{LAT - 0.002},{LON + 0.002},{LAT + 0.002}", 18).json()
    assert len(street["reports"]) == 5


def test_what_was_set_aside_or_repaired_long_ago_is_not_on_the_map(client, area):
    first = TicketFactory(area=area, state="closed", closed_at=timezone.now())
    TicketFactory(area=area, state="closed", closed_at=timezone.now() - timezone.timedelta(days=400))
    TicketFactory(area=area, state="refused", public_reason="Non")
    TicketFactory(area=area, state="duplicate", original=first)
    assert data(client).json()["reports"] == []
    assert [one[2] for one in data(client, more="&etat=repares").json()["reports"]] == [first.reference]


def test_filters_narrow_the_map_and_the_list(client, area):
    hall = CategoryFactory(area=area, code="hall")
    inside = TicketFactory(area=area, category=hall)
    other = TicketFactory(area=area)
    assert [one[2] for one in data(client, more="&quoi=hall").json()["reports"]] == [inside.reference]
    page = client.get("/proximite/ville/carte/?quoi=hall").content.decode()
    assert inside.reference in page
    assert other.reference not in page


@pytest.mark.parametrize(
    "query", ["bbox=1,2,3&zoom=3", "bbox=nan,1,2,3&zoom=3", "bbox=2,1,1,3&zoom=3", f"{BOX}&zoom=99", f"{BOX}",
              f"{BOX}&zoom=4&quoi=rien", "bbox=inf,1,2,3&zoom=3", f"{BOX}&zoom=%C2%B2"],
)  # fmt: skip
def test_a_senseless_frame_gets_a_sentence(client, area, query):
    answer = client.get(f"/proximite/ville/carte/donnees.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_only_restored_walks_are_public(client, area):
    WalkFactory(area=area, title="Marche cachée")
    WalkFactory(area=area, title="Marche montrée", state="restored")
    page = client.get("/proximite/ville/carte/").content.decode()
    assert "Marche montrée" in page
    assert "Marche cachée" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_of_one_and_of_three(client, area, count, django_assert_max_num_queries):
    for n in range(count):
        TicketFactory(area=area, lon=LON + n * 0.01)
    with django_assert_max_num_queries(6):
        data(client)
    with django_assert_max_num_queries(11):
        client.get("/proximite/ville/carte/")


def test_files_are_read_a_lot_at_a_time(client, area, monkeypatch):
    monkeypatch.setattr("faubourg.proximity.queries.public_file.LOT", 2)
    names = {TicketFactory(area=area).reference for _ in range(5)}
    features = json.loads(read(client.get("/proximite/ville/signalements.geojson")))["features"]
    assert {one["properties"]["reference"] for one in features} == names
    lines = read(client.get("/proximite/ville/signalements.csv")).splitlines()
    assert sum(line.split(";")[0] in names for line in lines) == 5


def test_an_empty_area_gives_whole_files(client, area):
    assert json.loads(read(client.get("/proximite/ville/signalements.geojson")))["features"] == []
    assert client.get("/proximite/inconnu/signalements.csv").status_code == 404
