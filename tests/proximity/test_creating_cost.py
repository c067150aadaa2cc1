"""A report costs fifteen questions of the database at most, BEGIN and COMMIT told, whatever way it comes."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from faubourg.base.actor import FAUBOURG
from faubourg.proximity.models import News, Photo, Ticket
from faubourg.proximity.services.open311_keys import KeyWords, create_key
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    LAT,
    LON,
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    LandFactory,
    PartnerFactory,
    ReferentFactory,
    RouteFactory,
    SpotFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 15
# How SQLite names the setting that waits for the disk.
FULL = 2
EMAIL = {"answer_by": "email", "address": "quelquun@exemple.fr"}
LETTER = {"answer_by": "letter", "name": "Une habitante", "postal": "3 rue de l’Exemple\n63000 Clermont"}


@pytest.fixture
def area(db):
    """A town where somebody answers: two pieces of land, two partners in post, routes, a code in a hall."""
    area = AreaFactory(code="ville", name="Ville", hotline="0 800 00 00 00")
    category = CategoryFactory(area=area, code="litter", name="Saleté")
    SpotFactory(area=area, key="hall42", name="Hall 4")
    for rank in range(2):
        partner = PartnerFactory(area=area)
        ReferentFactory(partner=partner)
        LandFactory(area=area, partner=partner)
        RouteFactory(area=area, order=rank, category=category).also.add(PartnerFactory(area=area))
    return area


def told(**more):
    return {
        "go": "send", "step": "photo", "client_id": str(uuid.uuid4()), "category": "litter", "place": "point",
        "lon": f"{LON}", "lat": f"{LAT}", "accuracy": "12", "text": "Un matelas", **more,
    }  # fmt: skip


def asked(send, first=None):
    """The questions of a second report, the first one having warmed what is kept in memory."""
    (first or send)()
    before = Ticket.objects.count()
    with CaptureQueriesContext(connection) as captured:
        answer = send()
    assert answer.status_code in (200, 302), answer.content
    assert Ticket.objects.count() == before + 1
    return [query["sql"][:110] for query in captured]


def agreed(sql):
    assert len(sql) <= MOST, "\n".join(["", *sql])


@pytest.mark.parametrize("contact", [{}, EMAIL, LETTER, {"answer_by": "sms", "address": "0612345678"}])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_from_the_page_of_residents(area, contact, language):
    client = Client()
    agreed(asked(lambda: client.post(f"/signaler/ville/?langue={language}", told(**contact))))
    assert News.objects.count() == (2 if contact else 0)


def test_from_a_code_in_a_hall(area):
    client = Client()
    agreed(asked(lambda: client.post("/signaler/ville/", told(place="spot:hall42", qr="1", **EMAIL))))


@pytest.mark.parametrize("language", ["fr", "tr"])
def test_from_somebody_who_is_signed_in(area, language):
    client = Client()
    client.force_login(PersonFactory())
    at = f"/signaler/ville/?langue={language}"
    agreed(asked(lambda: client.post(at, told(place="spot:hall42", **EMAIL))))


@pytest.mark.parametrize("contact", [{}, EMAIL, LETTER])
@pytest.mark.parametrize("place", ["point", "spot:hall42", "town", "quarter"])
def test_from_an_agent_on_the_phone(area, contact, place):
    client = Client()
    client.force_login(AreaSeatFactory(area=area, task="agent").person)
    if place == "quarter":
        quarter = TerritoryFactory(kind="neighbourhood", lon=LON, lat=LAT)
        quarter.communes.add(area.territory)
        place = f"quarter:{quarter.pk}"
    typed = {"channel": "phone", "language": "ar", "place": place, **contact}
    agreed(asked(lambda: client.post("/proximite/ville/saisir/", told(**typed))))


@pytest.mark.parametrize("contact", [{}, {"email": "quelquun@exemple.fr"}, {"phone": "0612345678"}])
@pytest.mark.parametrize("form", ["xml", "json"])
def test_from_an_application(area, contact, form):
    _, secret = create_key(area=area, told=KeyWords("Application"), by=FAUBOURG)
    numbers = iter(range(9))

    def send():
        filed = {"api_key": secret, "service_code": "litter", "lat": LAT, "long": LON,
                 "description": f"Un matelas {next(numbers)}", **contact}  # fmt: skip
        return Client().post(f"/open311/v2/requests.{form}", filed)

    agreed(asked(send))


def test_from_the_page_of_residents_with_a_photograph(area):
    """PostgreSQL asks for the lock of the photograph's bytes too."""
    client, numbers = Client(), iter(range(9))

    def send():
        file = BytesIO()
        Image.new("RGB", (320, 240), (20 * next(numbers), 10, 10)).save(file, "JPEG")
        picture = SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg")
        return client.post("/signaler/ville/", told(file=picture, **EMAIL))

    sql = asked(send)
    assert len(sql) <= MOST + 2 * (connection.vendor == "postgresql"), "\n".join(["", *sql])
    assert Photo.objects.count() == 2


@pytest.mark.parametrize("way", ["resident", "application"])
def test_its_number_is_told_once_the_disk_has_it(area, way):
    """PostgreSQL waits by itself; SQLite is asked to, while the report is written, and no longer."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for the disk at each commit")
    _, secret = create_key(area=area, told=KeyWords("Application"), by=FAUBOURG)
    filed = {"api_key": secret, "service_code": "litter", "lat": LAT, "long": LON}
    seen = []

    def level():
        return connection.connection.execute("PRAGMA synchronous").fetchone()[0]

    def watch(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "proximity_ticket"'):
            seen.append(level())
        return execute(sql, params, many, context)

    usual = level()
    with connection.execute_wrapper(watch):
        if way == "resident":
            Client().post("/signaler/ville/", told())
        else:
            Client().post("/open311/v2/requests.json", filed)
    assert seen == [FULL]
    assert level() == usual
