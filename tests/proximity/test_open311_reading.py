"""What everybody reads of the reports: nothing personal, few questions to the database, unchanged said so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faubourg.proximity.models import Ticket
from tests.factories.proximity import LAT, LON, PhotoFactory, SpotFactory, TicketFactory

from .open311_town import FORMATS, a_town, called

pytestmark = pytest.mark.django_db
PERSONAL = {
    "text": "SECRET text", "place_words": "SECRET place", "contact_name": "SECRET name",
    "contact": "secret@exemple.fr", "contact_address": "SECRET street", "taken_by_name": "SECRET agent",
    "attributes": {"pole": "SECRET answer"},
}  # fmt: skip


@pytest.fixture
def town():
    return a_town()


def a_ticket(town, **told):
    at = timezone.now() - timedelta(days=1)
    return TicketFactory(area=town.area, **{"category": town.plain, "created_at": at} | told)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_personal_is_ever_answered(town, form):
    ticket = a_ticket(town, **PERSONAL, answer_by="email", state="assigned", partner=town.partner)
    ticket.notes.create(text="SECRET note", by_name="SECRET author")
    ticket.steps.create(before="", after="new", move="file", on="2026-01-01", note="SECRET", by_name="SECRET")
    PhotoFactory(ticket=ticket)
    for path in ("requests", f"requests/{ticket.reference}"):
        body = Client().get(f"/open311/v2/{path}.{form}").content.decode()
        assert ticket.reference in body
        assert "secret" not in body.lower()
        assert ticket.key not in body
        assert str(ticket.client_id) not in body


def test_what_is_public_is_answered(town):
    spot = SpotFactory(area=town.area, name="Hall du 12")
    day = datetime(2026, 7, 14).date()
    ticket = a_ticket(
        town, public_text="Trois sacs", spot=spot, partner=town.partner, state="refused", due_on=day,
        public_reason="Terrain privé",
    )  # fmt: skip
    photo = PhotoFactory(ticket=ticket)
    photo.redacted, photo.validated_at = photo.document, timezone.now()
    photo.save()
    [told] = called(f"requests/{ticket.reference}")
    assert (told["description"], told["address"], told["agency_responsible"]) == (
        "Trois sacs", "Hall du 12", "Propreté urbaine",
    )  # fmt: skip
    assert (told["status"], told["status_notes"]) == ("closed", "Terrain privé")
    assert told["expected_datetime"] == "2026-07-14T23:59:59+02:00"
    assert told["media_url"] == f"http://testserver/photos/{photo.pk}/"
    assert Client().get(told["media_url"]).status_code == 200


@pytest.mark.parametrize(
    ("accuracy", "housing", "shown"),
    [
        (None, False, (45.77973, 3.08631)),
        (12, False, (45.77973, 3.08631)),
        (60, False, (45.7797, 3.0863)),
        (300, False, (45.78, 3.086)),
        (2000, False, (None, None)),
        (5, True, (45.78, 3.09)),
    ],
)
def test_a_place_is_never_shown_more_exactly_than_it_is_known(town, accuracy, housing, shown):
    category = town.housing if housing else town.plain
    ticket = a_ticket(town, category=category, accuracy_m=accuracy, lat=45.779734, lon=3.086312)
    [told] = called(f"requests/{ticket.reference}")
    assert (told["lat"], told["long"]) == shown
    assert told["service_notice"] == ("Service d’hygiène" if housing else None)


@pytest.mark.parametrize("state", ["new", "unowned", "declared_done", "verified", "closed", "refused"])
def test_each_state_has_a_status_and_words(town, state):
    ticket = a_ticket(town, state=state, public_reason="Motif" if state == "refused" else "")
    [told] = called(f"requests/{ticket.reference}")
    assert told["status"] == ("closed" if state in ("closed", "refused") else "open")
    assert told["status_notes"]


def test_another_town_is_not_read(town):
    other = a_ticket(town)
    TicketFactory()
    params = {"jurisdiction_id": "ville.exemple.fr"}
    [told] = called("requests", **params)
    assert told["service_request_id"] == other.reference
    elsewhere = Ticket.objects.exclude(pk=other.pk).get()
    answer = Client().get(f"/open311/v2/requests/{elsewhere.reference}.json", params)
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["services", "requests"])
def test_a_list_asks_as_little_for_three_as_for_one(town, path):
    def asked():
        with CaptureQueriesContext(connection) as told:
            assert called(path)
        return len(told)

    for number in range(3):
        ticket = a_ticket(town, spot=SpotFactory(area=town.area), partner=town.partner)
        PhotoFactory(ticket=ticket)
        if number == 0:
            first = asked()
    assert asked() == first <= 4


def test_an_unchanged_answer_is_not_sent_again(town):
    ticket = a_ticket(town)
    for address in ("requests.json", f"requests/{ticket.reference}.xml", "services.xml"):
        first = Client().get(f"/open311/v2/{address}")
        again = Client().get(f"/open311/v2/{address}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        other = Client().get(f"/open311/v2/{address}", headers={"If-None-Match": '"other"'})
        assert other.status_code == 200


def test_a_date_is_believed_of_one_report_and_not_of_a_list(town):
    ticket = a_ticket(town)
    Ticket.objects.update(updated_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    one = f"/open311/v2/requests/{ticket.reference}.json"
    since = Client().get(one)["Last-Modified"]
    assert since == "Mon, 02 Mar 2026 09:00:00 GMT"
    assert Client().get(one, headers={"If-Modified-Since": since}).status_code == 304
    listed = Client().get("/open311/v2/requests.json", headers={"If-Modified-Since": since})
    assert listed.status_code == 200, "a report that left the list changes no date"
    photo = PhotoFactory(ticket=ticket)
    photo.redacted, photo.validated_at = photo.document, timezone.now()
    photo.save()
    assert Client().get(one, headers={"If-Modified-Since": since}).status_code == 200


def test_a_category_badly_written_asks_nothing_and_breaks_nothing(town):
    town.plain.attributes = [
        "?", {}, {"code": "list", "datatype": "singlevaluelist"}, {"code": "x", "datatype": "novel"},
        {"code": "ok", "order": "first", "values": None}, {"code": "pair", "values": [["a", "b"]]},
    ]  # fmt: skip
    town.plain.save()
    assert [one["code"] for one in called("services/litter")["attributes"]] == ["ok", "pair"]


def test_positions_are_numbers(town):
    ticket = a_ticket(town, lat=LAT, lon=LON)
    [told] = called(f"requests/{ticket.reference}")
    assert (type(told["lat"]), type(told["long"])) == (float, float)
