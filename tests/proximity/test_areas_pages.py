"""The pages of an area: opened in one step, set by who runs it, read by everybody else."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from faubourg.base.models import JournalEntry
from faubourg.people.models import Organisation, Person, RoleGrant
from faubourg.proximity.models import Area, Category, Land, Partner, Referent, Route, Spot, Translation
from faubourg.proximity.queries.completeness import empty_posts
from faubourg.proximity.services.example import make_example_area
from faubourg.proximity.services.routing import route_at
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.proximity import (
    LAT,
    LON,
    AreaFactory,
    LandFactory,
    PartnerFactory,
    ReferentFactory,
    square,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
PLACE = "63113"


@pytest.fixture
def officer() -> Person:
    """The referent of Clermont-Ferrand."""
    person = PersonFactory()
    RoleGrantFactory(
        person=person, role=RoleGrant.Role.COMMUNE_REFERENT, scope_kind="commune", scope_code=PLACE
    )
    return person


@pytest.fixture
def signed(client: Client, officer: Person) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def area() -> Area:
    place = TerritoryFactory(kind="commune", code=PLACE, name="Clermont-Ferrand", lon=LON, lat=LAT)
    return AreaFactory(code="clermont-ferrand", name="Clermont-Ferrand", territory=place)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["clermont-ferrand", *args])


def test_an_area_opens_with_everything_a_first_report_needs(signed: Client) -> None:
    place = TerritoryFactory(kind="commune", code=PLACE, name="Clermont-Ferrand")
    page = signed.get(reverse("area_new"))
    assert "Clermont-Ferrand (63113)" in page.content.decode()
    answer = signed.post(reverse("area_new"), {"place": "clermont ferrand"})
    area = Area.objects.get()
    assert answer.url == reverse("area", args=[area.code])
    assert area.territory == place
    assert area.categories.filter(active=True).count() == 11
    housing = area.categories.get(theme=Category.Theme.HOUSING)
    assert housing.desk == "Signal Logement"
    assert all(one.easy and one.working_days for one in area.categories.all())
    assert set(area.translations.values_list("language", flat=True)) == {"en", "ar", "tr"}
    assert JournalEntry.objects.filter(act="area.opened").count() == 1


def test_a_place_opens_once_and_by_who_runs_it(signed: Client, area: Area) -> None:
    answer = signed.post(reverse("area_new"), {"place": PLACE})
    assert answer.status_code == 422
    assert "a déjà son territoire" in answer.content.decode()
    TerritoryFactory(kind="commune", code="42218", name="Saint-Étienne")
    answer = signed.post(reverse("area_new"), {"place": "42218"})
    assert answer.status_code == 422
    assert "Votre rôle ne porte pas" in answer.content.decode()
    answer = signed.post(reverse("area_new"), {"place": "Nulle-Part"})
    assert "ne répond à" in answer.content.decode()
    assert Area.objects.count() == 1


def test_everybody_reads_the_home_of_an_area(client: Client, area: Area) -> None:
    area.hotline = "0 800 00 00 00"
    area.save()
    page = client.get(at("area")).content.decode()
    assert "0 800 00 00 00" in page
    assert "Régler ce territoire" not in page
    assert client.get(reverse("areas")).status_code == 200
    assert client.get(reverse("area", args=["ailleurs"])).status_code == 404


def test_two_people_never_overwrite_each_other(signed: Client, area: Area) -> None:
    told = {
        "name": "Clermont", "open": "on", "silence_days": 15, "arbitration_days": 10,
        "retention_months": 12, "version": area.version,
    }  # fmt: skip
    assert signed.post(at("area_edit"), told).status_code == 302
    answer = signed.post(at("area_edit"), told | {"name": "Autrement"})
    assert answer.status_code == 409
    assert "Autrement" in answer.content.decode()
    area.refresh_from_db()
    assert area.name == "Clermont"


def test_a_category_renamed_has_its_translations_read_again(signed: Client, area: Area) -> None:
    told = {"name": "Bancs", "theme": "green", "working_days": 5, "radius_m": 20, "order": 3, "active": "on"}
    assert signed.post(at("area_category_new"), told | {"age_days": 0}).status_code == 422
    told["age_days"] = 45
    assert signed.post(at("area_category_new"), told).status_code == 302
    category = area.categories.get()
    assert category.code == "bancs"
    assert signed.post(at("area_category_new"), told).status_code == 422
    row = Translation.objects.create(
        area=area, language="tr", key="category.bancs", text="Banklar", validated_at="2026-03-01T10:00:00Z"
    )
    told |= {"name": "Bancs et tables", "version": category.version}
    assert signed.post(at("area_category", category.pk), told).status_code == 302
    row.refresh_from_db()
    assert row.validated_at is None


def test_a_partner_with_a_new_organisation_and_its_referents(signed: Client, area: Area) -> None:
    told = {"name": "Propreté", "organisation": "Ville de Clermont", "kind": "town", "active": "on"}
    answer = signed.post(at("area_partner_new"), told)
    partner = Partner.objects.get()
    assert answer.url == at("area_partner", partner.pk)
    assert partner.organisation.kind == Organisation.Kind.COMMUNE
    assert "personne encore" in signed.get(at("area_partners")).content.decode()
    post = {"name": "Référente", "since": "2026-01-01", "email": "referente@exemple.fr"}
    assert signed.post(at("area_referent_new", partner.pk), post).status_code == 302
    referent = Referent.objects.get()
    assert "Référente" in signed.get(at("area_partners")).content.decode()
    assert signed.post(at("area_referent_end", referent.pk), {"on": "2026-02-01"}).status_code == 302
    assert "poste vacant" in signed.get(at("area_partners")).content.decode()
    assert signed.post(at("area_partner_new"), told).status_code == 422
    assert signed.post(at("area_referent_new", partner.pk), post | {"account": "x@y.fr"}).status_code == 422


def test_one_referent_speaks_for_several_landlords(signed: Client, area: Area) -> None:
    one, other = PartnerFactory(area=area, name="Bailleur A"), PartnerFactory(area=area, name="Bailleur B")
    ReferentFactory(partner=one, name="Référente commune")
    told = {
        "name": "Bailleur A", "organisation": one.organisation.name, "kind": "landlord", "active": "on",
        "answers_for": [other.pk], "version": one.version,
    }  # fmt: skip
    assert signed.post(at("area_partner", one.pk), told).status_code == 302
    page = signed.get(at("area_partners")).content.decode()
    assert page.count("Référente commune") == 2
    assert "répond pour lui" in page


def test_seats_are_taken_once_and_end(signed: Client, area: Area) -> None:
    agent = PersonFactory()
    told = {"account": agent.email, "task": "agent", "since": "2026-01-01"}
    assert signed.post(at("area_seats"), told).status_code == 302
    assert signed.post(at("area_seats"), told).status_code == 422
    seat = area.seats.get()
    assert signed.post(at("area_seat_end", seat.pk)).status_code == 302
    seat.refresh_from_db()
    assert seat.until is not None


def test_the_table_of_routes_is_ordered_moved_and_asked(signed: Client, area: Area) -> None:
    voirie = PartnerFactory(area=area, name="Voirie")
    ReferentFactory(partner=voirie, name="Chef de la voirie")
    LandFactory(area=area, partner=voirie, name="Place du marché")
    for who in ("", voirie.pk):
        told = {"partner": who, "theme": "lighting", "from_minute": "", "to_minute": ""}
        assert signed.post(at("area_route_new"), told).status_code == 302
    first, second = Route.objects.all()
    assert [first.order, second.order] == [1, 2]
    assert signed.post(at("area_route_act", second.pk, "monter")).status_code == 302
    assert list(Route.objects.values_list("pk", flat=True)) == [second.pk, first.pk]
    assert signed.post(at("area_route_act", second.pk, "retirer")).status_code == 302
    assert signed.post(at("area_route_act", second.pk, "retirer")).status_code == 302
    assert list(Route.objects.values_list("order", flat=True)) == [1]
    category = Category.objects.create(area=area, code="x", name="Éclairage", theme="lighting")
    page = signed.get(at("area_routes"), {"categorie": category.pk, "lieu": f"{LON} {LAT}"}).content.decode()
    assert "Chef de la voirie" in page
    assert "Place du marché" in page
    assert signed.get(at("area_routes"), {"categorie": category.pk, "lieu": "nulle part"}).status_code == 422
    bad = {"from_minute": "480", "to_minute": "", "theme": "lighting"}
    assert signed.post(at("area_route_new"), bad).status_code == 422


def test_land_is_drawn_by_points_and_ends(signed: Client, area: Area) -> None:
    told = {
        "name": "Square", "use": "green", "source_words": "Visite du 2 mars 2026",
        "contour": "3,0860 45,7790\n3,0870 45,7790\n3,0870 45,7800",
    }  # fmt: skip
    assert signed.post(at("area_land_new"), told).status_code == 302
    land = Land.objects.get()
    assert land.geometry["type"] == "Polygon"
    assert land.west == pytest.approx(3.086)
    page = signed.get(at("area_land", land.pk)).content.decode()
    assert "3.086" in page
    for wrong in ("3,08 45,77", "salut", '{"type": "Point", "coordinates": [3, 45]}', "3 45\n3 45\n3 45"):
        answer = signed.post(at("area_land_new"), told | {"contour": wrong})
        assert answer.status_code == 422, wrong
    assert signed.post(at("area_land_end", land.pk)).status_code == 302
    land.refresh_from_db()
    assert land.until is not None
    assert signed.get(at("area_lands")).status_code == 200
    assert signed.get(at("area_lands_map")).json()["features"][0]["properties"]["name"] == "Square"


def file_of(*features: object) -> SimpleUploadedFile:
    told = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return SimpleUploadedFile("sols.geojson", told, "application/geo+json")


def feature(lon: float = LON, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": square(lon)}


def test_a_file_is_tried_feature_by_feature_then_written_once(signed: Client, area: Area) -> None:
    PartnerFactory(area=area, name="Voirie métropolitaine")
    good = feature(nom="Rue haute", usage="Voirie", responsable="VOIRIE METROPOLITAINE", depuis="2026-01-01")
    told = {
        "source_words": "SIG de la métropole, mars 2026",
        "file": file_of(
            good,
            feature(LON + 0.01, nom="Rue basse", responsable="Inconnu"),
            {"type": "Feature", "properties": {"nom": "Vide"}, "geometry": None},
            feature(-1.0, nom="Ailleurs"),
            feature(LON + 0.02, nom="Terrain", depuis="hier"),
            good,
        ),
    }
    page = signed.post(at("area_land_import"), told)
    text = page.content.decode()
    assert page.status_code == 200
    assert Land.objects.count() == 0
    for sentence in (
        "Aucun partenaire ne s’appelle",
        "n’a pas de contour",
        "km de",
        "n’est pas une date",
        "n° 1",
    ):
        assert sentence in text
    token = page.context["token"]
    assert signed.post(at("area_land_write"), {"essai": token}).status_code == 302
    land = Land.objects.get()
    assert (land.name, land.use, land.since) == ("Rue haute", "street", date(2026, 1, 1))
    assert signed.post(at("area_land_write"), {"essai": token}).status_code == 302
    assert Land.objects.count() == 1
    assert signed.post(at("area_land_write"), {"essai": token + "x"}).status_code == 302
    assert Land.objects.count() == 1


def test_what_is_no_longer_in_the_file_stops(signed: Client, area: Area) -> None:
    told = {"source_words": "SIG", "replaces": "on"}
    page = signed.post(
        at("area_land_import"), told | {"file": file_of(feature(nom="A"), feature(3.1, nom="B"))}
    )
    signed.post(at("area_land_write"), {"essai": page.context["token"]})
    page = signed.post(
        at("area_land_import"), told | {"file": file_of(feature(3.1, nom="B"), feature(3.2, nom="C"))}
    )
    assert [one.name for one in page.context["trial"].known] == ["B"]
    signed.post(at("area_land_write"), {"essai": page.context["token"]})
    assert set(Land.objects.filter(until=None).values_list("name", flat=True)) == {"B", "C"}


@pytest.mark.parametrize(
    "content", [b"", b"rien", b"{}", b"[]", b'{"type": "FeatureCollection"}', b"{" * 9000]
)
def test_a_file_that_is_none_is_refused_in_one_sentence(signed: Client, area: Area, content: bytes) -> None:
    upload = SimpleUploadedFile("sols.geojson", content, "application/geo+json")
    answer = signed.post(at("area_land_import"), {"file": upload, "source_words": "SIG"})
    assert answer.status_code == 422


def test_spots_have_a_key_of_their_own_and_a_sheet(signed: Client, area: Area) -> None:
    assert signed.post(at("area_spots_print")).status_code == 302
    told = {"name": "12, rue des Lilas, hall B", "point": "3,0863 45,7797", "active": "on"}
    assert signed.post(at("area_spot_new"), told).status_code == 302
    spot = Spot.objects.get()
    assert len(spot.key) == 8
    assert signed.post(at("area_spot", spot.pk), told | {"version": 1, "name": "Hall C"}).status_code == 302
    kept = Spot.objects.get()
    assert (kept.key, kept.name) == (spot.key, "Hall C")
    sheet = signed.post(at("area_spots_print"), {"points": [spot.pk, "²", "9" * 5000]})
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")
    kept.refresh_from_db()
    assert kept.printed_at is not None


def test_translations_are_corrected_and_validated_by_somebody(
    signed: Client, area: Area, officer: Person
) -> None:
    Category.objects.create(area=area, code="proprete", name="Propreté", theme="cleanliness")
    Category.objects.create(area=area, code="voirie", name="Rue", theme="streets")
    row = Translation.objects.create(area=area, language="ar", key="category.proprete", text="نظافة")
    page = signed.get(at("area_translations", "ar")).content.decode()
    assert 'dir="rtl"' in page
    told = {"key": row.key, "text": "نظافة الشارع", "version": row.version, "valider": "1"}
    assert signed.post(at("area_translations", "ar"), told).status_code == 302
    row.refresh_from_db()
    assert row.validated_by == officer.ref
    assert signed.post(at("area_translations", "ar"), told).status_code == 409
    assert signed.post(at("area_translations", "ar"), told | {"key": "pirate"}).status_code == 422
    phone = {"key": "phone", "text": "Telefon: {hotline}", "version": 0}
    assert signed.post(at("area_translations", "tr"), phone | {"text": "Telefon"}).status_code == 422
    assert signed.post(at("area_translations", "tr"), phone).status_code == 302
    lu = {"lu": ["category.proprete:2", "category.voirie:0"]}
    assert signed.post(at("area_translations_validate", "ar"), lu).status_code == 302
    # A sentence without a translation cannot be validated.
    assert set(Translation.objects.filter(language="ar").values_list("key", flat=True)) == {row.key}
    assert signed.get(at("area_translations", "xx")).status_code == 404


def test_the_check_says_what_is_missing(signed: Client, area: Area) -> None:
    Category.objects.create(area=area, code="proprete", name="Propreté", theme="cleanliness")
    one, other = PartnerFactory(area=area, name="Voirie"), PartnerFactory(area=area, name="Bailleur")
    ReferentFactory(partner=one)
    LandFactory(area=area, partner=one, name="Rue")
    LandFactory(area=area, partner=other, name="Pied d’immeuble", half=0.0005)
    page = signed.get(at("area_check"))
    found = page.context["completeness"]
    assert [post.partner.name for post in found.posts] == ["Bailleur"]
    assert [(pair.one.name, pair.other.name) for pair in found.overlaps] == [("Pied d’immeuble", "Rue")]
    assert found.overlaps[0].shared_m2 == pytest.approx(8620, rel=0.02)
    assert {hole.reason.code for hole in found.uncovered} == {"route-gap", "route-overlap", "route-vacant"}
    assert not found.whole


def test_nothing_is_missing_when_everybody_answers(signed: Client, area: Area) -> None:
    Category.objects.create(area=area, code="proprete", name="Propreté", theme="cleanliness")
    one = PartnerFactory(area=area, name="Voirie")
    ReferentFactory(partner=one)
    LandFactory(area=area, partner=one)
    Route.objects.create(area=area, order=1, partner=one)
    page = signed.get(at("area_check"))
    assert page.context["completeness"].whole


@pytest.mark.parametrize("name", ["area_settings", "area_routes", "area_check"])
def test_a_referent_reads_how_things_are_set_and_sets_nothing(client: Client, area: Area, name: str) -> None:
    referent = ReferentFactory(partner=PartnerFactory(area=area))
    client.force_login(referent.person)
    assert client.get(at(name)).status_code == 200
    assert client.get(at("area_partners")).status_code == 403


def test_the_example_of_the_demonstration_is_made_once_and_routes() -> None:
    place = TerritoryFactory(kind="commune", code=PLACE, name="Clermont-Ferrand", lon=LON, lat=LAT)
    quarter = TerritoryFactory(kind="neighbourhood", name="La Gauthière", lon=LON, lat=LAT)
    quarter.communes.add(place)
    area = make_example_area()
    assert area is not None
    assert make_example_area() == area
    assert "exemple" in area.name
    assert area.lands.count() == 7
    assert area.spots.count() == 2
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    rubbish = area.categories.get(code="proprete")
    found = route_at(area, rubbish, LON, LAT, 5, at=now)
    assert found.partner is not None
    assert found.partner.name == "Propreté (exemple)"
    assert [post.partner.name for post in empty_posts(area, now.date())] == ["Bailleur B (exemple)"]


def test_the_two_forms_of_a_partner_share_no_identifier(signed: Client, area: Area) -> None:
    page = signed.get(at("area_partner", PartnerFactory(area=area).pk)).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
