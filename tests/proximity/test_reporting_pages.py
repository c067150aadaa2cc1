"""Three steps without an account, without a script and without a session: nothing typed is lost."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from faubourg.proximity.models import Photo, Ticket
from faubourg.proximity.services import waiting_photos
from faubourg.proximity.views import robots
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    LAT,
    LON,
    AreaFactory,
    CategoryFactory,
    SpotFactory,
    TicketFactory,
)


@pytest.fixture
def area(db):
    return AreaFactory(code="ville", name="Ville")


@pytest.fixture
def litter(area):
    return CategoryFactory(area=area, code="litter", name="Saleté")


@pytest.fixture
def hall(area):
    return SpotFactory(area=area, key="hall42", name="Hall 4")


def a_photo(colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return SimpleUploadedFile("photo.jpg", file.getvalue())


class Resident:
    """Somebody with a browser that runs no script: sends back the hidden fields of the page."""

    def __init__(self, client):
        self.client, self.page, self.path = client, None, ""

    def opens(self, path, **headers):
        self.page = self.client.get(path, follow=True, headers=headers)
        self.path = self.page.redirect_chain[-1][0] if self.page.redirect_chain else path
        return self

    def told(self):
        text = self.page.content.decode()
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))

    def sends(self, **typed):
        self.page = self.client.post(self.path, self.told() | typed)
        return self

    @property
    def text(self):
        return self.page.content.decode()


@pytest.fixture
def resident(client):
    return Resident(client)


def test_a_code_in_a_hall_then_a_tap_then_send(resident, litter, hall):
    resident.opens("/q/hall42/")
    assert "Hall 4" in resident.text
    resident.sends(go="category:litter")
    assert "Hall 4" in resident.text
    resident.sends(go="send", file=a_photo())
    assert resident.page.status_code == 302
    ticket = Ticket.objects.get()
    assert resident.page.url.startswith(f"/s/{ticket.key}/")
    assert (ticket.channel, ticket.spot, ticket.category, ticket.place_words) == ("qr", hall, litter, "")
    assert (ticket.lon, ticket.lat) == (LON, LAT)
    photo = ticket.photos.get()
    assert photo.moment == "before"
    assert ticket.person is None
    assert ticket.contact == ""


def test_without_a_script_words_lead_to_a_place_whose_lack_of_precision_is_told(resident, litter, hall):
    resident.opens("/signaler/ville/").sends(go="category:litter")
    resident.sends(go="photo", place_words="près du hall")
    assert resident.page.status_code == 422
    assert "Choisissez un lieu" in resident.text
    assert "près du hall" in resident.text
    resident.sends(go="search", place_words="près du hall")
    assert 'value="spot:hall42"' in resident.text
    resident.sends(go="photo", place_words="près du hall", place="town")
    assert "peu précis" in resident.text
    resident.sends(go="send", text="Un matelas")
    ticket = Ticket.objects.get()
    assert (ticket.text, ticket.place_words, ticket.accuracy_m) == ("Un matelas", "près du hall", 3000)
    assert ticket.channel == "web"


def test_a_point_of_the_map(resident, litter):
    resident.opens("/signaler/ville/").sends(go="category:litter")
    resident.sends(go="photo", place="point", lon=str(LON), lat=str(LAT), accuracy="12.4")
    resident.sends(go="send")
    assert Ticket.objects.get().accuracy_m == 13


def test_what_was_told_survives_every_step_back_every_mistake_and_another_language(resident, litter, hall):
    resident.opens("/q/hall42/").sends(go="category:litter")
    resident.sends(go="photo", text="Un <b>matelas</b>", answer_by="sms", address="12", file=a_photo())
    assert "Votre photo est gardée" in resident.text
    for go in ("what", "where"):
        resident.sends(go=go, text="Un <b>matelas</b>", answer_by="sms", address="12")
        told = resident.told()
        assert told["text"] == "Un &lt;b&gt;matelas&lt;/b&gt;"
        assert (told["address"], told["answer_by"]) == ("12", "sms")
        assert len(told["photo"]) == 32
    resident.path = "/signaler/ville/"
    resident.sends(go="photo", place="spot:hall42", text="Un matelas")
    resident.sends(go="send", text="Un matelas", answer_by="sms", address="12")
    assert resident.page.status_code == 422
    assert "téléphone" in resident.text, resident.text[resident.text.index("resident-main") :][:1500]
    assert "Un matelas" in resident.text
    resident.sends(go="send", text="Un matelas", answer_by="sms", address="06 12 34 56 78")
    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.photos.count()) == ("0612345678", 1)
    assert not waiting_photos.waiting(resident.told().get("photo", ""))


def test_sent_twice_it_is_one(resident, litter, hall):
    resident.opens("/q/hall42/").sends(go="category:litter")
    page = resident.page
    for _ in range(2):
        resident.page = page
        resident.sends(go="send", file=a_photo())
        assert resident.page.status_code == 302
    assert Ticket.objects.count() == Photo.objects.count() == 1


def test_a_hostile_file_is_refused_and_the_words_stay(resident, litter, hall):
    resident.opens("/q/hall42/").sends(go="category:litter")
    resident.sends(
        go="send", text="Un matelas", file=SimpleUploadedFile("a.jpg", b"<svg onload='alert(1)'/>")
    )
    assert resident.page.status_code == 422
    assert "lisible" in resident.text
    assert "Un matelas" in resident.text
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("token", ["../../etc/passwd", "x" * 32, "é" * 32, "a/b"])
def test_a_made_up_token_opens_no_file(resident, litter, hall, token):
    resident.opens("/q/hall42/").sends(go="category:litter")
    resident.sends(go="send", photo=token)
    assert resident.page.status_code == 302
    assert not Photo.objects.exists()


def test_the_same_nearby_is_shown_before_sending_and_followed(resident, litter, hall):
    first = TicketFactory(
        area=litter.area, category=litter, text="Secret 12", public_text="Un dépôt", created_at=_now()
    )
    other = TicketFactory(area=litter.area, category=litter, state="closed", created_at=_now())
    resident.opens("/q/hall42/").sends(go="category:litter")
    assert first.reference in resident.text
    assert other.reference not in resident.text
    assert "Un dépôt" in resident.text
    assert "Secret 12" not in resident.text, "what a resident typed is never shown"
    resident.sends(go=f"same:{first.reference}", answer_by="email", address="b@exemple.fr")
    mine = Ticket.objects.exclude(pk__in=[first.pk, other.pk]).get()
    assert (mine.original, mine.state) == (first, "duplicate")


def _now():
    from django.utils import timezone

    return timezone.now()


def test_degraded_housing_goes_to_its_desk_with_consent(resident, area, hall):
    CategoryFactory(area=area, code="degraded_housing", theme="housing", desk="Service d’hygiène")
    resident.opens("/q/hall42/").sends(go="category:degraded_housing")
    assert "Service d’hygiène" in resident.text
    assert "pas comme un déchet" in resident.text
    resident.sends(go="send", consent="yes")
    ticket = Ticket.objects.get()
    assert ticket.referral_consent
    assert ticket.routing["answer"] == "referred"


def test_a_robot_fills_what_nobody_sees(resident, litter, hall):
    resident.opens("/q/hall42/").sends(go="category:litter")
    resident.sends(go="send", website="http://spam.exemple")
    assert resident.page.status_code == 429
    assert not Ticket.objects.exists()


def test_an_address_that_sends_too_much_waits_and_keeps_its_page(resident, litter, hall, monkeypatch):
    monkeypatch.setattr(robots, "MOST_AN_HOUR", 1)
    for expected in (302, 429):
        resident.opens("/q/hall42/").sends(go="category:litter")
        resident.sends(go="send", text="Un matelas")
        assert resident.page.status_code == expected
    assert "Un matelas" in resident.text


class TestACrowd:
    @pytest.fixture(autouse=True)
    def _much_has_arrived(self, resident, litter, hall, monkeypatch, time_machine):
        time_machine.move_to("2026-03-02T09:10:00Z", tick=False)
        monkeypatch.setattr(robots, "MANY_AN_HOUR", 1)
        resident.opens("/q/hall42/").sends(go="category:litter")
        resident.sends(go="send", text="Le premier")
        assert Ticket.objects.count() == 1

    def test_the_town_is_not_closed_one_waits_and_nothing_typed_is_lost(self, resident, time_machine):
        resident.opens("/q/hall42/?langue=en").sends(go="category:litter")
        typed = {"text": "Un matelas", "answer_by": "email", "address": "a@exemple.fr"}
        resident.sends(go="send", **typed)
        for seconds, status in ((5, 429), (10, 429), (25, 302)):
            assert "Nothing is lost" in resident.text
            assert "Un matelas" in resident.text
            assert "a@exemple.fr" in resident.text
            time_machine.move_to(f"2026-03-02T09:10:{seconds:02}Z", tick=False)
            resident.sends(go="send", **typed)
            assert resident.page.status_code == status
        assert Ticket.objects.filter(text="Un matelas").count() == 1

    def test_the_patience_of_one_report_is_not_that_of_another(self, resident, time_machine):
        resident.opens("/q/hall42/").sends(go="category:litter")
        resident.sends(go="send", text="Un matelas")
        time_machine.move_to("2026-03-02T09:20:00Z", tick=False)
        other = "3b241101-e2bb-4255-8caf-4136c566a962"
        for more in ({"client_id": other}, {"patience": "x:y:z"}, {"patience": ""}):
            resident.page = resident.client.post(resident.path, resident.told() | {"go": "send"} | more)
            assert resident.page.status_code == 429
        assert Ticket.objects.count() == 1

    def test_what_was_kept_is_never_told_to_wait(self, resident):
        sent = {
            "place": "spot:hall42",
            "category": "litter",
            "client_id": str(Ticket.objects.get().client_id),
        }
        again = resident.client.post("/signaler/ville/", {**sent, "go": "send"})
        assert again.status_code == 302
        assert Ticket.objects.count() == 1

    def test_whoever_is_signed_in_and_the_agents_pass(self, resident):
        resident.client.force_login(PersonFactory())
        resident.opens("/q/hall42/").sends(go="category:litter")
        resident.sends(go="send", text="Un matelas")
        assert resident.page.status_code == 302


def test_an_address_that_floods_closes_nothing_for_another(client, area, litter, hall, monkeypatch):
    monkeypatch.setattr(robots, "MOST_AN_HOUR", 2)
    sent = {"place": "spot:hall42", "category": "litter", "go": "send"}
    crowd = [client.post("/signaler/ville/", sent).status_code for _ in range(4)]
    assert crowd == [302, 302, 429, 429]
    elsewhere = client.post("/signaler/ville/", sent, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


@pytest.mark.parametrize(
    ("addresses", "answers"),
    [
        (["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:aaaa::3"], [302, 302, 429]),
        (["2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::1"], [302, 302, 302]),
        (["198.51.100.1", "198.51.100.2", "198.51.100.3"], [302, 302, 302]),
    ],
)
def test_a_line_is_one_address_however_many_it_takes(
    client, area, litter, hall, monkeypatch, addresses, answers
):
    monkeypatch.setattr(robots, "MOST_AN_HOUR", 2)
    sent = {"place": "spot:hall42", "category": "litter", "go": "send"}
    found = [client.post("/signaler/ville/", sent, REMOTE_ADDR=one).status_code for one in addresses]
    assert found == answers


def test_what_is_refused_to_an_address_slows_nobody_else_down(client, area, litter, hall, monkeypatch):
    monkeypatch.setattr(robots, "MOST_AN_HOUR", 2)
    monkeypatch.setattr(robots, "MANY_AN_HOUR", 4)
    sent = {"place": "spot:hall42", "category": "litter", "go": "send"}
    for _ in range(9):
        client.post("/signaler/ville/", sent)
    elsewhere = client.post("/signaler/ville/", sent, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


@pytest.mark.parametrize(
    ("path", "status"),
    [("/q/inconnu/", 404), ("/signaler/nulle-part/", 404), ("/s/inconnue/", 404), ("/signaler/", 200)],
)
def test_an_unknown_address_says_so(client, area, path, status):
    assert client.get(path).status_code == status


def test_a_code_taken_down_leads_to_its_town(resident, litter, area):
    SpotFactory(area=area, key="vieux", active=False)
    resident.opens("/q/vieux/")
    assert resident.page.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_each_step_asks_as_much_for_three_as_for_one(resident, area, rows):
    for rank in range(rows):
        category = CategoryFactory(area=area, code=f"c{rank}")
        SpotFactory(area=area)
        TicketFactory(area=area, category=category, created_at=_now())
        TicketFactory(area=area, category=category, created_at=_now())
    for most, go in ((8, None), (12, "category:c0"), (12, "photo")):
        with CaptureQueriesContext(connection) as asked:
            resident.opens("/signaler/ville/") if go is None else resident.sends(go=go, place="town")
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


def test_words_of_a_town_find_its_area(client, area):
    AreaFactory(name="Ailleurs")
    page = client.get("/signaler/", {"q": "vil"}).content.decode()
    assert "/signaler/ville/" in page
    assert "Ailleurs" not in page
    assert "Aucune ville" in client.get("/signaler/", {"q": "zzz"}).content.decode()
    near = client.post("/signaler/", {"lon": LON, "lat": LAT})
    assert near.status_code == 200
