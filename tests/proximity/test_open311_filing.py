"""What an application files: once whatever is sent twice, within its day, nothing fetched, nothing told."""

import io
import socket
import threading
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from faubourg.base.actor import FAUBOURG
from faubourg.base.models import JournalEntry
from faubourg.proximity.models import FiledRequest, Ticket
from faubourg.proximity.services.open311_keys import KeyWords, create_key, revoke_key
from tests.factories.proximity import LON, SpotFactory

from .open311_town import a_town, called, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return a_town()


def picture(colour="red", name="photo.jpg"):
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Camille"
    Image.new("RGB", (40, 30), colour).save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def number(answer):
    return answer[0]["service_request_id"]


def test_the_same_call_twice_is_one_report(town):
    first, again = number(posted(town.form())), number(posted(town.form(), "xml"))
    assert first == again
    assert Ticket.objects.count() == FiledRequest.objects.count() == 1
    assert number(posted(town.form(description="Autre chose"))) != first


def test_the_same_call_much_later_is_another_report(town, time_machine):
    time_machine.move_to("2026-03-02T09:09:59Z", tick=False)
    first = number(posted(town.form()))
    time_machine.move_to("2026-03-02T09:10:01Z", tick=False)
    assert number(posted(town.form())) == first, "the ten minutes of the clock are not those of the client"
    time_machine.move_to("2026-03-02T09:31:00Z", tick=False)
    assert number(posted(town.form())) != first


def test_the_same_call_with_another_photograph_is_another_report(town):
    first = number(posted(town.form(media=picture("red"))))
    assert number(posted(town.form(media=picture("red")))) == first
    assert number(posted(town.form(media=picture("blue")))) != first


@pytest.mark.django_db(transaction=True)
def test_the_same_call_at_once_is_one_report():
    town = a_town()
    told = []

    def file():
        told.append(number(posted(town.form())))
        connections.close_all()

    threads = [threading.Thread(target=file) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 3
    assert len(set(told)) == Ticket.objects.count() == 1


def test_a_key_withdrawn_files_nothing_more_and_says_no_more_than_an_unknown_one(town):
    unknown = posted(town.form(api_key="x" * 43), status=403)
    revoke_key(key=town.key, at=timezone.now(), by=FAUBOURG)
    assert posted(town.form(), status=403) == unknown


def test_a_key_in_the_address_is_no_key(town):
    form = town.form()
    secret = form.pop("api_key")
    answer = Client().post(f"/open311/v2/requests.json?api_key={secret}", form)
    assert answer.status_code == 403, "addresses are written in the logs of every machine on the way"


def test_a_day_is_bounded_and_the_next_one_is_another(town, time_machine):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    town.key.daily_limit = 2
    town.key.save()
    first = number(posted(town.form(description="0")))
    posted(town.form(description="1"))
    [told] = posted(town.form(description="2"), status=403)
    assert "2 signalements aujourd’hui" in told["description"]
    assert number(posted(town.form(description="0"))) == first, "what was filed is still answered"
    time_machine.move_to("2026-03-02T23:00:00Z", tick=False)
    posted(town.form(description="2"))


def test_an_address_is_somewhere_in_the_town_and_a_code_is_a_place(town):
    place = town.area.territory
    at_an_address = posted(town.form(lat="", long="", address_string="12 rue des Essais"))
    assert "préciser" in at_an_address[0]["service_notice"]
    ticket = town.area.tickets.get(reference=number(at_an_address))
    assert (ticket.lon, ticket.lat, ticket.accuracy_m) == (place.lon, place.lat, 5_000)
    [told] = called(f"requests/{ticket.reference}")
    assert (told["lat"], told["long"], told["address"]) == (None, None, None)
    spot = SpotFactory(area=town.area, name="Hall du 12", lon=LON + 0.001)
    at_a_spot = number(posted(town.form(lat="", long="", address_id=spot.key)))
    [told] = called(f"requests/{at_a_spot}")
    assert (told["address"], told["long"]) == ("Hall du 12", round(spot.lon, 5))
    posted(town.form(lat="", long="", address_id="nowhere"), status=400)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, ("none", "", "")),
        ({"email": "camille@exemple.fr", "phone": "06 12 34 56 78", "first_name": "Camille"},
         ("email", "camille@exemple.fr", "Camille")),
        ({"phone": "06 12 34 56 78", "last_name": "Essai"}, ("sms", "0612345678", "Essai")),
        ({"phone": "04 73 12 34 56"}, ("phone", "0473123456", "")),
        ({"phone": "call me"}, ("none", "", "")),
        ({"device_id": "abcdef", "account_id": "42"}, ("none", "", "")),
    ],
)  # fmt: skip
def test_whoever_reported_is_told_as_they_can_be(town, told, kept):
    posted(town.form(**told))
    ticket = Ticket.objects.get()
    assert (ticket.answer_by, ticket.contact, ticket.contact_name) == kept
    assert "abcdef" not in str(vars(ticket)), "what is not needed is not kept"


def test_a_media_url_is_kept_for_the_team_and_never_fetched(town, monkeypatch):
    def no_way(*_args, **_more):
        pytest.fail("an address given by a client was looked up")

    if connection.vendor == "sqlite":
        monkeypatch.setattr(socket, "getaddrinfo", no_way)
        monkeypatch.setattr(socket.socket, "connect", no_way)
    url = "http://169.254.169.254/latest/meta-data"
    [told] = called(f"requests/{number(posted(town.form(media_url=url)))}")
    assert told["media_url"] is None
    note = Ticket.objects.get().notes.get()
    assert url in note.text
    assert note.by_name == town.key.label


def test_a_photograph_sent_along_is_kept_bare_and_private(town):
    [told] = called(f"requests/{number(posted(town.form(media=picture())))}")
    photo = Ticket.objects.get().photos.get()
    assert told["media_url"] is None
    with photo.document.file.open() as kept:
        assert b"Camille" not in kept.read()


@pytest.mark.parametrize("media", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff" + b"0" * 99])
def test_what_is_no_photograph_files_nothing(town, media):
    upload = SimpleUploadedFile("photo.jpg", media)
    posted(town.form(media=upload), status=400)
    assert not Ticket.objects.exists()
    posted(town.form(media=[picture("red"), picture("blue")]), status=400)


def test_a_closed_area_takes_nothing_and_is_read_all_the_same(town):
    town.area.open = False
    town.area.save()
    assert "en ligne" in posted(town.form(), status=400)[0]["description"]
    assert called("services")


def test_no_session_no_cookie_no_proof_of_form(town):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/open311/v2/requests.json", town.form())
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer
    assert not answer.cookies
    read = client.get("/open311/v2/requests.json")
    assert read["Access-Control-Allow-Origin"] == "*"
    assert not read.cookies
    assert "Cookie" not in read.get("Vary", "")


def test_filing_is_told_to_the_journal_under_the_name_of_the_application(town):
    posted(town.form())
    entry = JournalEntry.objects.filter(object_kind="ticket").get()
    assert town.key.label in str(entry.payload)


@pytest.mark.parametrize("named", ["", "ville.exemple.fr"])
def test_filing_asks_little_of_the_database(town, named):
    posted(town.form(description="first"))
    with CaptureQueriesContext(connection) as asked:
        posted(town.form(description=uuid.uuid4().hex, jurisdiction_id=named))
    told = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    # PostgreSQL is also asked for the lock under which the journal numbers its entries.
    most = 15 + any("advisory" in sql for sql in told)
    assert len(told) <= most, "\n".join(sql[:110] for sql in told)


def test_two_applications_are_apart(town):
    other = create_key(area=town.area, told=KeyWords("Autre"), by=FAUBOURG)[1]
    assert number(posted(town.form())) != number(posted(town.form(api_key=other)))
