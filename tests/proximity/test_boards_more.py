"""Before and after, the feed, alerts, figures, the thread of a neighbourhood, the first page."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.models import Document
from faubourg.proximity.models import AreaAlert, News, Photo, TicketStep
from faubourg.proximity.services import alerts
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    LAT,
    LON,
    AreaAlertFactory,
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    PartnerFactory,
    ReferentFactory,
    TicketFactory,
    WalkFactory,
)
from tests.factories.territories import TerritoryFactory

from .test_boards import SECRETS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 6, tzinfo=UTC)


@pytest.fixture
def area():
    return AreaFactory(code="ville")


def photo(ticket, moment, **fields):
    kept = Document.objects.create(sha256="a" * 64, name="p.jpg", media_type="image/jpeg", size=1)
    seen = {"redacted": kept, "validated_at": timezone.now()} if fields.pop("seen", True) else {}
    return Photo.objects.create(
        ticket=ticket, sent_sha256=f"{moment}{ticket.pk}", document=kept, width=8, height=6,
        moment=moment, **seen, **fields,
    )  # fmt: skip


def repaired(area, **fields):
    told = {"public_text": "Un banc", "state": "closed", "declared_done_at": NOW, "closed_at": NOW} | fields
    return TicketFactory(area=area, **told)


def moved(ticket, after, at):
    step = ticket.steps.create(before="", after=after, move="x", on=at.date())
    TicketStep.objects.filter(pk=step.pk).update(recorded_at=at)


@pytest.mark.parametrize("address", ["avant-apres/", "signalements.atom", "signalements.rss",
                                     "chiffres/?annee=2026",
                                     "chiffres/?annee=2026&format=csv", "alertes/"])  # fmt: skip
def test_nothing_personal_goes_out(client, area, address):
    ticket = repaired(area, **SECRETS)
    photo(ticket, "before", words="la rue", validated_by_name="SECRET-relecteur")
    photo(ticket, "after")
    answer = client.get(f"/proximite/ville/{address}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "secret" not in page.lower()
    assert ticket.key not in page


def test_only_photographs_that_somebody_looked_at_are_shown(client, area):
    shown, hidden = repaired(area), repaired(area)
    for moment in ("before", "after"):
        photo(shown, moment)
    photo(hidden, "before")
    photo(hidden, "after", seen=False)
    page = client.get("/proximite/ville/avant-apres/").content.decode()
    assert shown.reference in page
    assert hidden.reference not in page


def test_the_feed_is_narrowed_and_says_where_to_read(client, area):
    hall = CategoryFactory(area=area, code="hall")
    told = TicketFactory(area=area, category=hall, state="qualified", public_text="Une porte & un mur")
    TicketFactory(area=area, state="qualified", public_text="Un banc")
    unread = TicketFactory(area=area, category=hall)
    page = client.get("/proximite/ville/signalements.atom?quoi=hall").content.decode()
    assert f"/signalements/{told.reference}/" in page
    assert "Une porte &amp; un mur" in page
    assert "Un banc" not in page
    assert unread.reference not in page
    assert client.get("/proximite/ville/signalements.atom?quoi=rien").status_code == 400


def test_the_same_feed_is_rss_that_a_page_announces(client, area):
    told = TicketFactory(area=area, state="qualified", public_text="Une porte & un mur")
    answer = client.get("/proximite/ville/signalements.rss")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(answer.content).find("channel")
    assert channel is not None
    assert [item.findtext("description") for item in channel.iter("item")] == ["Une porte & un mur"]
    assert told.reference in (channel.findtext("item/link") or "")
    page = client.get("/proximite/ville/carte/").content.decode()
    assert 'type="application/rss+xml" href="/proximite/ville/signalements.rss"' in page


def test_an_alert_is_confirmed_by_a_button_and_told_once_a_day(client, area):
    asked = {"email": "Quelquun@Exemple.fr", "quoi": "", "quartier": ""}
    assert client.post("/proximite/ville/alertes/", asked).status_code == 302
    assert client.post("/proximite/ville/alertes/", asked).status_code == 302
    alert, message = AreaAlert.objects.get(), News.objects.get()
    link = reverse("area_alert", args=[alert.key])
    assert link in message.text
    client.get(link)
    alert.refresh_from_db()
    assert alert.confirmed_at is None
    client.post(link, {"go": "confirm"})
    AreaAlert.objects.update(told_until=NOW - timedelta(days=1))
    moved(TicketFactory(area=area, public_text="Un banc"), "qualified", NOW - timedelta(hours=2))
    moved(TicketFactory(area=area, public_text=""), "qualified", NOW - timedelta(hours=2))
    assert [alerts.tell(NOW), alerts.tell(NOW), alerts.tell(NOW + timedelta(days=1))] == [1, 0, 0]
    digest = News.objects.latest("pk")
    assert "Un banc" in digest.text
    assert link in digest.text


def test_what_moves_elsewhere_is_not_told(area):
    place = TerritoryFactory(neighbourhood=True)
    alert = AreaAlertFactory(area=area, territory=place, confirmed_at=NOW, told_until=NOW - timedelta(days=1))
    moved(TicketFactory(area=area, public_text="Un banc"), "qualified", NOW - timedelta(hours=2))
    moved(TicketFactory(public_text="Ailleurs", neighbourhood=place), "closed", NOW - timedelta(hours=2))
    assert alerts.tell(NOW) == 0
    alert.refresh_from_db()
    assert alert.told_until == NOW - alerts.MARGIN


def test_leaving_forgets_the_address(client, area):
    alert = alerts.subscribe(area=area, email="a@exemple.fr", territory=None, category=None, at=NOW)
    client.post(reverse("area_alert", args=[alert.key]), {"go": "leave"})
    assert not AreaAlert.objects.exists()
    assert not News.objects.exists()
    assert client.get(reverse("area_alert", args=[alert.key])).status_code == 404


def test_what_nobody_confirmed_is_forgotten(area):
    alerts.subscribe(area=area, email="a@exemple.fr", territory=None, category=None, at=NOW)
    assert alerts.forget(timezone.now()) == 0
    assert alerts.forget(timezone.now() + timedelta(days=31)) == 2


@pytest.mark.parametrize("said", [{"email": "rien"}, {}, {"email": "a@b.fr", "quoi": "x"}])
def test_a_bad_address_is_told_beside_its_field(client, area, said):
    assert client.post("/proximite/ville/alertes/", said).status_code == 422
    assert not AreaAlert.objects.exists()


def test_a_programme_subscribes_nobody(client, area):
    asked = {"email": "a@exemple.fr", "website": "http://exemple.fr"}
    assert client.post("/proximite/ville/alertes/", asked).status_code == 429


def test_the_figures_of_a_year(client, area):
    partner = PartnerFactory(area=area, name="Propreté")
    for days in (2, 4, 9):
        came = datetime(2026, 2, 2, 9, tzinfo=UTC)
        repaired(area, partner=partner, created_at=came, declared_done_at=came + timedelta(days=days))
    TicketFactory(area=area, state="refused", public_reason="Non")
    page = client.get("/proximite/ville/chiffres/?annee=2026").content.decode()
    assert "Propreté" in page
    assert "3 signalements reçus, 3 déclarés faits" in page
    lines = client.get("/proximite/ville/chiffres/?annee=2026&format=csv").content.decode().splitlines()
    assert lines[1].split(";")[2:] == ["3", "3", "", "", "4", "9"] or "3;3;0;0;4;9" in lines[1]


def test_places_where_it_comes_back_are_never_dwellings(client, area):
    home = CategoryFactory(area=area, theme="housing")
    hall = CategoryFactory(area=area, theme="buildings")
    for category in (home, hall):
        for _ in range(3):
            repaired(area, category=category)
    page = client.get("/proximite/ville/chiffres/?annee=2026").content.decode()
    assert page.count("3 fois") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_of_one_and_of_three(client, area, count, django_assert_max_num_queries):
    for _ in range(count):
        ticket = repaired(area)
        photo(ticket, "before")
        photo(ticket, "after")
    for address, most in (
        ("avant-apres/", 6),
        ("chiffres/", 9),
        ("signalements.atom", 6),
        ("signalements.rss", 6),
    ):
        with django_assert_max_num_queries(most):
            client.get(f"/proximite/ville/{address}")


def test_the_sheet_of_a_neighbourhood_tells_its_daily_life(client, area):
    place = TerritoryFactory(neighbourhood=True)
    TicketFactory(area=area, neighbourhood=place, state="new")
    ticket = repaired(area, neighbourhood=place)
    photo(ticket, "before")
    photo(ticket, "after")
    WalkFactory(area=area, neighbourhood=place, state="restored", title="Marche montrée")
    address = reverse("neighbourhood_life", args=[place.code])
    assert f'hx-get="{address}"' in client.get(place.get_absolute_url()).content.decode()
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()
    page = client.get(address).content.decode()
    assert "1 signalement en cours" in page
    assert ticket.reference in page
    assert "Marche montrée" in page


def test_the_first_page_says_what_waits(client, area):
    coordinator, referent = PersonFactory(), PersonFactory()
    AreaSeatFactory(area=area, person=coordinator)
    partner = ReferentFactory(partner__area=area, person=referent).partner
    TicketFactory(area=area)
    long_past = timezone.localdate() - timedelta(days=10)
    TicketFactory(area=area, partner=partner, state="assigned", due_on=long_past)
    photo(TicketFactory(area=area), "before", seen=False)
    client.force_login(coordinator)
    page = client.get("/").content.decode()
    assert "à qualifier" in page
    assert "photos à relire" in page
    client.force_login(referent)
    assert "1 signalement, 1 en retard" in client.get("/").content.decode()


class TestTheLayerOfTheTownsMap:
    FRAME = {"bbox": f"{LON - 0.05},{LAT - 0.05},{LON + 0.05},{LAT + 0.05}", "zoom": 14}

    def test_it_answers_what_everybody_may_read(self, client, area):
        TicketFactory(area=area, state="qualified", public_text="Un banc cassé", **SECRETS)
        TicketFactory(area=area, state="closed")
        answer = client.get("/carte/signalements.json", self.FRAME)
        assert "SECRET" not in answer.content.decode()
        told = answer.json()
        assert len(told["reports"]) + sum(one[2] for one in told["groups"]) == 1
        assert told["categories"]
        assert client.get("/carte/signalements.json", self.FRAME | {"zoom": 5}).json()["far"]
        assert client.get("/carte/signalements.json?bbox=rien&zoom=14").status_code == 400

    def test_its_box_is_there_where_reports_are_taken_and_is_not_ticked(self, client, area):
        page = client.get("/carte/").content.decode()
        assert 'id="couche-signalements"' in page
        assert 'data-url="/carte/signalements.json">' in page
        ticked = client.get("/carte/", {"signalements": "1", "centre": area.territory.code}).content.decode()
        assert 'data-url="/carte/signalements.json" checked>' in ticked
        area.open = False
        area.save()
        assert 'id="couche-signalements"' not in client.get("/carte/").content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_few_questions(self, client, area, rows, django_assert_max_num_queries):
        for _row in range(rows):
            TicketFactory(area=area, state="qualified")
        with django_assert_max_num_queries(4):
            client.get("/carte/signalements.json", self.FRAME)
