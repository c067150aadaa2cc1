"""The pages of the local geography without JavaScript: look first, then decide; nothing typed is lost."""

import json
from datetime import date

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from shapely.geometry import Polygon, mapping

from faubourg.people.models import RoleGrant
from faubourg.territories.geo.shapes import shape_of
from faubourg.territories.models import Perimeter, PerimeterChange
from faubourg.territories.queries.versions import standing_now
from faubourg.territories.reading.contour import contour_of
from faubourg.territories.services.draw_perimeters import draw_perimeter, end_perimeter, redraw_perimeter
from faubourg.territories.services.drawing_decisions import Decision
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import PerimeterFactory, TerritoryFactory, member_of

pytestmark = pytest.mark.django_db
SQUARE = Polygon([(3.08, 45.77), (3.09, 45.77), (3.09, 45.78), (3.08, 45.78)])
BESIDE = Polygon([(3.09, 45.77), (3.10, 45.77), (3.10, 45.78), (3.09, 45.78)])
BOW_TIE = [[3.08, 45.77], [3.09, 45.78], [3.09, 45.77], [3.08, 45.78], [3.08, 45.77]]
DECISION = Decision(date(2025, 3, 12), "conseil métropolitain", "délibération n° 4")
SAID = {"decided_on": "2025-03-12", "reference": "délibération n° 4", "authority": "conseil métropolitain"}


@pytest.fixture
def area():
    area = TerritoryFactory(epci=True, code="246300701", name="Clermont Auvergne Métropole")
    member_of(area, code="63113", name="Clermont-Ferrand", lon=3.0819, lat=45.7867)
    return area


@pytest.fixture
def officer(client, area):
    grant = RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER, scope_kind="epci", scope_code=area.code)
    client.force_login(grant.person)
    return grant.person


@pytest.fixture
def drawn(area, officer):
    return draw_perimeter(
        area=area,
        place=None,
        name="Centre bis",
        communes=[area.members.get(kind="commune")],
        kind="local_p1",
        contour=contour_of([SQUARE]),
        decision=DECISION,
        by=officer.actor,
    )


def text(shape):
    return json.dumps(mapping(shape))


def new(**changes):
    return {
        "contour": text(SQUARE),
        "kind": "local_p1",
        "name": "Centre",
        "communes": "63113",
        **SAID,
        **changes,
    }


def address(name, area, *args):
    return reverse(f"geography_{name}" if name else "geography", args=[area.code, *args])


def test_a_pasted_outline_is_looked_at_then_written(client, area, officer):
    url = address("draw", area)
    look = client.post(url, new(voir="1", kind="", name="Centre bis"))
    assert look.status_code == 200
    page = look.content.decode()
    assert "Ce que cela donnerait" in page
    assert 'value="Centre bis"' in page
    assert "field-wrong" not in page
    assert not Perimeter.objects.exists()
    assert client.post(url, new()).status_code == 302
    made = Perimeter.objects.get()
    assert (made.kind, made.territory.name, made.made_in.act) == ("local_p1", "Centre", "drawn")
    board = client.get(address("", area)).content.decode()
    assert "Centre" in board
    assert "délibération n° 4" in board


def test_what_was_mended_is_shown_before_it_is_written(client, area, officer):
    url = address("draw", area)
    answer = client.post(url, new(contour=json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]})))
    assert answer.status_code == 200
    assert "il se croisait lui-même" in answer.content.decode()
    assert not Perimeter.objects.exists()
    mended = answer.context["outline"]["contour"].value()
    assert client.post(url, new(contour=mended)).status_code == 302
    assert shape_of(Perimeter.objects.get()).is_valid


def test_a_file_is_shown_before_it_is_written(client, area, officer):
    upload = SimpleUploadedFile("contour.geojson", text(SQUARE).encode())
    answer = client.post(address("draw", area), new(contour="", file=upload))
    assert answer.status_code == 200
    assert json.loads(answer.context["outline"]["contour"].value())["type"] == "Polygon"


def swapped(shape):
    return shapely.transform(shape, lambda points: points[:, ::-1])


HOLE_OUT = Polygon([(3.08, 45.77), (3.09, 45.77), (3.09, 45.78)], [[(3.1, 45.8), (3.11, 45.8), (3.1, 45.81)]])


@pytest.mark.parametrize(
    ("contour", "status", "said"),
    [
        ("", 422, "Dessinez le contour sur la carte"),
        ("{", 422, "s’interrompt à la ligne 1"),
        ('{"a": 1}', 422, "n’est pas du GeoJSON"),
        (text(shapely.Point(3.08, 45.77)), 422, "que des points ou des lignes"),
        (text(shapely.box(103, 45, 103.1, 45.1)), 422, "hors de France"),
        (text(swapped(SQUARE)), 200, "étaient inversées"),
        (text(HOLE_OUT), 200, "un trou sortait du contour"),
        (text(shapely.Point(3.08, 45.77).buffer(0.01, quad_segs=6_000)), 422, "la limite est de 20"),
    ],
)
def test_a_bad_outline_gets_one_clear_sentence(client, area, officer, contour, status, said):
    answer = client.post(address("draw", area), new(contour=contour))
    assert answer.status_code == status
    page = answer.content.decode()
    assert said in page
    assert 'value="Centre"' in page
    assert not Perimeter.objects.exists()


def test_a_huge_file_is_told_its_weight(client, area, officer):
    upload = SimpleUploadedFile("contour.geojson", b"{" + b" " * (30 * 1024 * 1024))
    page = client.post(address("draw", area), new(contour="", file=upload)).content.decode()
    assert "pèse 30" in page


def test_an_outline_far_from_its_place_is_confirmed(client, area, officer):
    place = TerritoryFactory(neighbourhood=True, name="Quartier Nord", lon=3.08, lat=45.8)
    place.communes.add(area.members.get(kind="commune"))
    lyon = text(shapely.box(4.83, 45.75, 4.84, 45.76))
    said = new(contour=lyon, place=place.code, name="")
    answer = client.post(address("draw", area), said)
    assert answer.status_code == 422
    assert "est-ce le bon" in answer.content.decode()
    assert client.post(address("draw", area), {**said, "confirmed": "on"}).status_code == 302


def test_a_decision_without_text_nor_reason_is_refused(client, area, officer):
    answer = client.post(address("draw", area), new(reference=""))
    assert answer.status_code == 422
    assert "Citez le texte" in answer.content.decode()


def test_changing_an_outline_leads_to_its_versions(client, area, officer, drawn):
    url = address("redraw", area, drawn.pk)
    opened = client.get(url)
    assert json.loads(opened.context["outline"]["contour"].value())["type"] == "Polygon"
    whole = text(shapely.union_all([SQUARE, BESIDE]))
    answer = client.post(url, {"contour": whole, "seen": drawn.pk, **SAID}, follow=True)
    page = answer.content.decode()
    assert "Ce qui a changé" in page
    assert PerimeterChange.objects.first().act == "redrawn"
    again = client.get(url, follow=True)
    assert "Cette version a été remplacée" in again.content.decode()
    older = client.get(address("redraw", area, standing_now(drawn).pk), {"version": drawn.pk})
    restored = {
        "contour": older.context["outline"]["contour"].value(),
        "seen": standing_now(drawn).pk,
        **SAID,
    }
    back = client.post(f"{address('redraw', area, standing_now(drawn).pk)}?version={drawn.pk}", restored)
    assert back.status_code == 302
    assert PerimeterChange.objects.first().act == "restored"


def test_two_people_meet_and_both_outlines_are_kept(client, area, officer, drawn):
    redraw_perimeter(
        perimeter=drawn, contour=contour_of([BESIDE]), decision=DECISION, by=PersonFactory().actor
    )
    mine = text(shapely.union_all([SQUARE, BESIDE]))
    url = address("redraw", area, drawn.pk)
    answer = client.post(url, {"contour": mine, "seen": drawn.pk, **SAID})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Rien n’est écrasé" in page
    now = standing_now(drawn)
    assert f'name="seen" value="{now.pk}"' in page
    kept = answer.context["outline"]["contour"].value()
    assert client.post(url, {"contour": kept, "seen": now.pk, **SAID}).status_code == 302
    assert Perimeter.objects.count() == 3


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("split", {"line": "3,083 45,76\n3,083 45,79", "name": "Moitié"}, "Moitié"),
        ("simplify", {"metres": "50"}, "Proposé"),
    ],
)
def test_an_act_is_measured_before_it_is_decided(client, area, officer, drawn, act, typed, said):
    url = address(act, area, drawn.pk)
    assert client.get(url).status_code == 200
    look = client.post(url, {**typed, "voir": "1"})
    assert look.status_code == 200
    assert said in look.content.decode()
    assert PerimeterChange.objects.count() == 1


def test_cutting_and_joining_by_the_pages(client, area, officer, drawn):
    line = json.dumps({"type": "LineString", "coordinates": [[3.083, 45.76], [3.083, 45.79]]})
    cut = client.post(address("split", area, drawn.pk), {"line": line, "name": "Moitié", **SAID})
    assert cut.status_code == 302
    kept, made = Perimeter.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    url = address("merge", area, kept.pk)
    assert "Moitié" in client.get(url).content.decode()
    look = client.post(url, {"other": made.pk, "voir": "1"})
    assert "Ce que cela donnerait" in look.content.decode()
    assert client.post(url, {"other": made.pk, **SAID}).status_code == 302
    whole = Perimeter.objects.get(withdrawn_at__isnull=True)
    assert shape_of(whole).area == pytest.approx(SQUARE.area)
    page = client.get(address("version", area, whole.pk)).content.decode()
    assert "Moitié" in page


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("abc", "n’est pas un point"),
        ("3.1 45.77", "deux à 500 points"),
        ("3.083 45.76\n3.083 45.775", "ne traverse pas"),
        ("3.2 45.76\n3.2 45.79", "ne touche pas"),
        ("2.0 12.0\n2.1 12.1", "hors de France"),
        ('{"type": "LineString", "coordinates": [[3]]}', "mal écrite"),
    ],
)
@pytest.mark.parametrize("look", [{"voir": "1"}, {}])
def test_a_bad_line_gets_one_clear_sentence(client, area, officer, drawn, line, said, look):
    answer = client.post(address("split", area, drawn.pk), {"line": line, "name": "Moitié", **SAID, **look})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Perimeter.objects.filter(withdrawn_at__isnull=True).get() == drawn


def test_withdrawing_under_a_decision(client, area, officer, drawn):
    url = address("end", area, drawn.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, SAID, follow=True).status_code == 200
    drawn.refresh_from_db()
    assert drawn.ended_in.act == "withdrawn"
    page = client.get(address("version", area, drawn.pk)).content.decode()
    assert "Ce périmètre a été retiré" in page


def test_an_act_on_a_version_replaced_meanwhile_is_a_conflict(client, area, officer, drawn):
    end_perimeter(perimeter=drawn, decision=DECISION, by=officer.actor)
    for act, typed in (("split", {"line": "3.083 45.76\n3.083 45.79", "name": "M"}), ("end", {})):
        answer = client.post(address(act, area, drawn.pk), {**typed, **SAID})
        assert answer.status_code == 409
        assert "Rien n’est écrasé" in answer.content.decode()
        assert client.get(address(act, area, drawn.pk)).status_code == 302


def test_an_outline_of_elsewhere_is_not_of_this_area(client, area, officer, drawn):
    other = TerritoryFactory(epci=True)
    RoleGrantFactory(person=officer, role="contract_officer", scope_kind="epci", scope_code=other.code)
    for name in ("version", "redraw", "split", "merge", "simplify", "end"):
        assert client.get(address(name, other, drawn.pk)).status_code == 404


def test_a_loaded_outline_may_only_be_copied(client, area, officer):
    place = TerritoryFactory(neighbourhood=True, name="Liste")
    place.communes.add(area.members.get(kind="commune"))
    contour = contour_of([SQUARE])
    west, south, east, north = SQUARE.bounds
    loaded = PerimeterFactory(
        territory=place,
        wkb=contour.wkb,
        outline=contour.outline,
        west=west,
        south=south,
        east=east,
        north=north,
    )
    answer = client.get(address("redraw", area, loaded.pk), follow=True)
    assert "il se reprend dans un nouveau dessin" in answer.content.decode()
    copy = client.get(address("draw", area), {"depart": loaded.pk})
    assert shapely.from_geojson(copy.context["outline"]["contour"].value()).equals(SQUARE)


@pytest.mark.parametrize(
    "asked", ["seuil=abc", "seuil=999", "seuil=-1", "seuil=٣", "depart=x&candidat=1-2-3"]
)
def test_senseless_questions_get_the_page(client, area, officer, asked):
    assert client.get(f"{address('', area)}?{asked}").status_code == 200
    assert client.get(f"{address('draw', area)}?{asked}").status_code == 200


def test_the_map_and_the_sheet_lead_to_each_other(client, area, officer, drawn):
    found = client.get(address("contours", area)).json()
    assert {feature["properties"]["layer"] for feature in found["features"]} == {"local_p1"}
    assert address("", area) in client.get(f"/epci/{area.code}/").content.decode()
    assert client.get(address("candidates", area)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_few_questions(client, area, officer, rows, django_assert_max_num_queries):
    for number in range(rows):
        draw_perimeter(
            area=area,
            place=None,
            name=f"Quartier {number}",
            communes=[area.members.get(kind="commune")],
            kind="lived",
            contour=contour_of([SQUARE]),
            decision=DECISION,
            by=officer.actor,
        )
    client.get(address("", area))
    with django_assert_max_num_queries(15):
        assert client.get(address("", area)).status_code == 200
    made = Perimeter.objects.first()
    with django_assert_max_num_queries(15):
        assert client.get(address("version", area, made.pk)).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(address("redraw", area, made.pk)).status_code == 200
