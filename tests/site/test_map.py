"""The map: clusters and contours from the server, the same list without JavaScript, refusals in words."""

import json
from datetime import date

import numpy as np
import pytest
import shapely
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import mapping

from faubourg.site.queries import map_points
from faubourg.territories.geo import clusters_of, contours, feature_collection
from faubourg.territories.models import Perimeter, Territory
from tests.factories.contracts import ContractFactory
from tests.factories.territories import PerimeterFactory, TerritoryFactory

LILLE = (3.06, 50.63)
SQUARE = shapely.box(3.05, 50.62, 3.07, 50.64)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    """A rolled back test may leave the same counts behind as the next one makes."""
    monkeypatch.setattr(map_points, "_current", None)
    monkeypatch.setattr(contours, "_current", None)


def quarter(name, lon, lat, contour=None, kind=Perimeter.Kind.QPV_2024, basis="commune"):
    place = TerritoryFactory(neighbourhood=True, name=name, lon=lon, lat=lat, point_basis=basis)
    drawn = {}
    if contour is not None:
        west, south, east, north = contour.bounds
        drawn = {"wkb": shapely.to_wkb(contour), "outline": json.dumps(mapping(contour)), "west": west}
        drawn |= {"south": south, "east": east, "north": north}
    PerimeterFactory(territory=place, kind=kind, valid_from=date(2015, 1, 1), **drawn)
    return place


@pytest.fixture
def lille(db):
    commune = TerritoryFactory(code="59350", name="Lille", lon=3.06, lat=50.63, headcount=236_000)
    quarter("Sans contour A", *LILLE)
    quarter("Sans contour B", *LILLE)
    quarter("Avec contour", 3.06, 50.63, SQUARE, Perimeter.Kind.QPV_2015, "qpv_2015")
    ContractFactory(name="Métropole de Lille", lon=3.08, lat=50.64)
    return commune


def data(client, **changes):
    query = {"bbox": "2.9,50.5,3.3,50.8", "zoom": "12", "couches": "quartiers,contrats,communes"} | changes
    return client.get(reverse("map_data"), query)


def test_places_on_one_spot_come_as_one_named_pile(client, lille):
    said = data(client).json()
    (pile,) = [f["properties"] for f in said["features"] if f["properties"]["layer"] == "quartiers"]
    assert pile["count"] == 2
    assert [name for _, name in pile["members"]] == ["Sans contour A", "Sans contour B"]
    assert pile["basis"] == "commune"
    assert said["list"]["total"] == 3
    assert said["landmarks"] == [["Lille", 3.06, 50.63]]


def test_a_generation_has_its_own_contours(client, lille):
    (shape,) = data(client, generation="2015-2023", couches="quartiers").json()["features"]
    assert shape["geometry"]["type"] == "Polygon"
    assert shape["properties"]["name"] == "Avec contour"
    (far,) = data(client, generation="2015-2023", couches="quartiers", zoom="8").json()["features"]
    assert far["geometry"]["type"] == "Point"


def test_the_index_follows_the_database(client, lille):
    before = data(client)
    again = client.get(
        before.request["PATH_INFO"], before.wsgi_request.GET, headers={"If-None-Match": before["ETag"]}
    )
    assert again.status_code == 304
    assert again["ETag"] == before["ETag"]
    quarter("Nouveau", *LILLE)
    after = data(client)
    assert after["ETag"] != before["ETag"]
    assert after.json()["list"]["total"] == before.json()["list"]["total"] + 1


def test_a_withdrawn_contour_leaves_the_map(client, lille, django_db_blocker):
    Perimeter.objects.filter(kind="qpv_2015").update(withdrawn_at="2026-01-01T00:00:00Z")
    assert data(client, generation="2015-2023", couches="quartiers").json()["features"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"bbox": ""},
        {"bbox": "1,2,3"},
        {"bbox": "a,b,c,d"},
        {"bbox": "nan,0,1,1"},
        {"bbox": "-inf,0,1,1"},
        {"bbox": "3,50,2,51"},
        {"bbox": "200,0,300,1"},
        {"bbox": "0,95,1,99"},
        {"bbox": "1e999,0,1,1"},
        {"zoom": ""},
        {"zoom": "-1"},
        {"zoom": "20"},
        {"zoom": "1.5"},
        {"zoom": "²"},
        {"couches": "quartiers,piscines"},
        {"generation": "1996"},
    ],
)
def test_a_senseless_frame_is_refused_in_a_sentence(client, db, wrong):
    answer = data(client, **wrong)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize("box", ["-500,-100,500,100", "3,50,3.0000000000001,50.1", "-180,-90,180,90"])
@pytest.mark.parametrize("zoom", ["0", "19"])
def test_any_frame_of_the_world_is_served(client, lille, box, zoom):
    assert data(client, bbox=box, zoom=zoom).status_code == 200


def test_the_page_lists_the_same_without_javascript(client, lille):
    page = client.get(reverse("map"), {"centre": "59350"}).content.decode()
    assert "Sans contour A" in page
    assert "contour non disponible, point de la commune" in page
    assert "Métropole de Lille" in page
    assert "Avec contour" not in page
    older = client.get(reverse("map"), {"centre": "59350", "generation": "2015-2023"}).content.decode()
    assert "Avec contour" in older


def test_an_unknown_centre_says_so_and_shows_the_country(client, lille):
    page = client.get(reverse("map"), {"centre": "<b>nulle part</b>"})
    assert page.status_code == 200
    assert "voici tout le pays" in page.content.decode()
    assert "<b>nulle" not in page.content.decode()


def test_the_data_costs_few_queries(client, lille, django_assert_max_num_queries):
    data(client)
    with django_assert_max_num_queries(5):
        data(client)


def test_what_is_public_says_vintage_source_and_licence(lille):
    said = feature_collection(Perimeter.objects.select_related("territory", "source"))
    assert len(said["features"]) == 3
    drawn = [f for f in said["features"] if f["geometry"]]
    assert drawn[0]["bbox"] == [3.05, 50.62, 3.07, 50.64]
    assert drawn[0]["properties"]["licence"] == "Licence Ouverte 2.0"
    assert drawn[0]["properties"]["vintage"] == "2024"
    assert json.dumps(said)


def test_a_point_is_in_the_contours_that_hold_it(lille):
    assert [c.name for c in contours.contour_index().at(3.06, 50.63)] == ["Avec contour"]
    assert contours.contour_index().at(0, 0) == []


@given(
    st.lists(st.tuples(st.floats(-179, 179), st.floats(-84, 84)), max_size=60),
    st.integers(0, 19),
)
def test_every_point_lands_in_exactly_one_cluster(points, zoom):
    lon = np.array([lon for lon, _ in points], dtype=float)
    lat = np.array([lat for _, lat in points], dtype=float)
    found = clusters_of(lon, lat, zoom)
    assert sorted(member for cluster in found for member in cluster.members) == list(range(len(points)))


def test_a_place_that_moved_is_shown_where_it_is_now(client, lille):
    data(client)
    place = Territory.objects.get(name="Sans contour A")
    place.lon, place.version = 3.2, place.version + 1
    place.save()
    counts = [f["properties"]["count"] for f in data(client, couches="quartiers").json()["features"]]
    assert counts == [1, 1]
