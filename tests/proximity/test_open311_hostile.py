"""Whatever is sent to the addresses of Open311, the answer is of its own format, well formed, never a 5xx."""

import json
import random
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from faubourg.proximity.models import Ticket
from tests.factories.proximity import LAT, LON

from .open311_town import FORMATS, a_town, posted

pytestmark = pytest.mark.django_db
TRIES = 60
NASTY = [
    "", " ", "\x00", "\x1b[2J", "\ud7ff\ufffe", "\u202eevil", "a" * 5_000, "NaN", "Infinity", "-1e309", "1e5",
    "0x1F", "٣", "9" * 400, "-91", "181", "'; DROP TABLE x; --", "<script>alert(1)</script>",
    "]]><!ENTITY x>",
    "&amp;", "{told}", "%s%n", "../../etc/passwd", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z",
    "0000-01-01T00:00:00Z", "9999-12-31T23:59:59+99:99", ",,,,", "open", "litter", "lighting", "é" * 70,
]  # fmt: skip
NAMES = [
    "jurisdiction_id", "service_code", "service_request_id", "status", "start_date", "end_date", "page",
    "page_size", "lat", "long", "address_string", "address_id", "email", "phone", "first_name", "description",
    "media_url", "media", "attribute[how-many]", "attribute[which][]", "attribute[]", "attribute[x][y][z]",
    "api_key", "nothing",
]  # fmt: skip


@pytest.fixture
def town():
    return a_town()


def well_formed(answer, form):
    assert answer.status_code < 500, answer.content
    if form == "json":
        return json.loads(answer.content)
    return ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("form", FORMATS)
def test_random_calls_are_answered(town, form):
    chance = random.Random(f"open311 {form}")
    client = Client(enforce_csrf_checks=True)
    for _ in range(TRIES):
        params = {
            chance.choice(NAMES): chance.choice([chance.choice(NASTY), [chance.choice(NASTY)] * 2])
            for _ in range(chance.randint(1, 5))
        }
        word = quote(chance.choice(NASTY)[:300], safe="")
        path = chance.choice(
            ["services", "requests", f"services/{word}", f"requests/{word}", f"tokens/{word}", word]
        )
        read = client.get(f"/open311/v2/{path}.{form}", params)
        well_formed(read, form)
        filed = client.post(f"/open311/v2/requests.{form}", town.form() | params)
        well_formed(filed, form)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_hostile_is_refused_in_the_format_asked(town, form):
    client = Client(enforce_csrf_checks=True)
    address = f"/open311/v2/requests.{form}"
    kind = "multipart/form-data; boundary=x"
    calls = [
        (client.get("/open311/v2/%00." + form), 404),
        (client.get(address, {"status": "\x00"}), 400),
        (client.post(address, "{", content_type="application/json"), 403),
        (client.post(address, b"--x\r\nnonsense", content_type=kind), 403),
        (client.post(address, b"x", content_type="multipart/form-data"), 400),
        (client.post(address, "&".join(f"a{n}=1" for n in range(2_000)), content_type=FORM), 400),
        (client.post(address, b"a=" + b"x" * 6_000_000, content_type=FORM), 400),
        (client.post(f"/open311/v2/nothing.{form}", {"a": "b"}), 404),
    ]
    for answer, status in calls:
        assert answer.status_code == status, (answer.status_code, answer.content[:200])
        told = well_formed(answer, form)
        assert (told[0]["code"] if form == "json" else int(told[0].findtext("code"))) == status


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("form", FORMATS)
def test_markup_and_control_signs_travel_as_text(town, form):
    words = "</description><evil/>]]> & \x01\x0b \ud83d\ude00"
    posted(town.form(description=words.encode("utf-16", "surrogatepass").decode("utf-16")), form)
    ticket = Ticket.objects.get()
    Ticket.objects.update(public_text=ticket.text[:500])
    answer = Client().get(f"/open311/v2/requests.{form}")
    told = well_formed(answer, form)
    shown = told[0]["description"] if form == "json" else told[0].findtext("description")
    assert shown == ticket.text
    assert "<evil/>" in shown
    assert "\x01" not in shown


def test_a_failure_inside_is_told_in_the_format_too(town, monkeypatch):
    from faubourg.proximity.views import open311

    def broken(_tickets):
        raise RuntimeError("broken")

    monkeypatch.setattr(open311, "requests", broken)
    client = Client(raise_request_exception=False)
    for form in FORMATS:
        answer = client.get(f"/open311/v2/requests.{form}")
        assert answer.status_code == 500
        assert b"broken" not in answer.content
        assert b"500" in answer.content


def test_a_file_where_a_word_is_awaited(town):
    file = SimpleUploadedFile("x.txt", b"litter")
    posted({**town.form(), "service_code": file}, status=400)
    posted({"api_key": town.secret, "lat": LAT, "long": LON, "service_code": "litter", "media": "text"})
