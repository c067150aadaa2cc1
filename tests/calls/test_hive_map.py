"""The map of the hive: the projects of the list under the same filters, gathered only where they are near."""

import pytest

from tests.calls.test_projects import project
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
PAGE, DATA = "/ruche/carte/", "/ruche/carte/donnees/"
FRANCE = {"bbox": "-5,41,10,51", "zoom": "5"}


def place(name, lon, lat, **fields):
    return TerritoryFactory(neighbourhood=True, name=name, lon=lon, lat=lat, **fields)


def seen(client, **asked):
    answer = client.get(DATA, {**FRANCE, **asked})
    assert answer.status_code == 200, answer.content
    return [feature["properties"] for feature in answer.json()["features"]]


def test_a_place_tells_its_projects_and_leads_to_them(client):
    alpha = place("Alpha", 3.1, 45.8, point_basis="commune")
    for _ in range(2):
        made = project(places=[alpha])
    (sign,) = seen(client)
    assert (sign["projects"], sign["place"]["name"], sign["basis"]) == (2, "Alpha", "commune")
    page = client.get(PAGE, {"annee": made.call.year, "page": "3"}).content.decode()
    listed = f"/ruche/?annee={made.call.year}&amp;lieu={alpha.code}"
    assert f'href="{listed}"' in page
    assert made.title in client.get(listed.replace("&amp;", "&")).content.decode()


def test_near_places_are_gathered_and_come_apart(client):
    alpha, beta = place("Alpha", 3.10, 45.8), place("Beta", 3.12, 45.8)
    project(places=[alpha, beta])
    project(places=[beta])
    (group,) = seen(client)
    # The project of both is counted once.
    assert (group["projects"], group["places"]) == (2, 2)
    assert group["bounds"] == [3.10, 45.8, 3.12, 45.8]
    apart = seen(client, bbox="3.0,45.7,3.2,45.9", zoom="14")
    assert {one["place"]["name"]: one["projects"] for one in apart} == {"Alpha": 1, "Beta": 2}


def test_places_of_one_point_are_named(client):
    project(places=[place("Alpha", 3.1, 45.8), place("Beta", 3.1, 45.8)])
    (pile,) = seen(client, bbox="3.0,45.7,3.2,45.9", zoom="19")
    assert [one["name"] for one in pile["members"]] == ["Alpha", "Beta"]
    assert (pile["projects"], "bounds" in pile) == (1, False)


def test_only_the_frame_and_the_filters(client):
    project(places=[place("Alpha", 3.1, 45.8)])
    far = project(state="cancelled", places=[place("Beta", 3.0, 50.6)])
    assert [one["place"]["name"] for one in seen(client, bbox="2,45,4,46", zoom="10")] == ["Alpha"]
    assert [one["place"]["name"] for one in seen(client, issue="failed")] == ["Beta"]
    page = client.get(f"{PAGE}?issue=failed").content.decode()
    assert "Beta" in page
    assert "Alpha" not in page
    assert seen(client, q=far.title, issue="running") == []


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected", "withdrawn"])
def test_what_is_not_funded_is_nowhere(client, state):
    project(state=state, places=[place("Alpha", 3.1, 45.8)])
    assert seen(client) == []
    assert "Pas encore de projet à placer" in client.get(PAGE).content.decode()


def test_a_place_without_a_point_is_in_the_list_only(client):
    project(places=[place("Alpha", None, None)])
    assert client.get(PAGE).status_code == 200
    assert "Alpha" in client.get("/ruche/").content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"bbox": "", "zoom": "5"}, "quatre nombres"),
        ({"bbox": "nan,1,2,3", "zoom": "5"}, "finis"),
        ({"bbox": "3,1,2,3", "zoom": "5"}, "vide"),
        ({"bbox": "1,1,2,3", "zoom": "-1"}, "zoom"),
    ],
)
def test_a_senseless_frame_gets_a_sentence(client, asked, said):
    answer = client.get(DATA, asked)
    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_a_senseless_filter_shows_every_project(client):
    project(places=[place("Alpha", 3.1, 45.8)])
    assert len(seen(client, annee="demain")) == 1
    assert client.get(f"{PAGE}?annee=demain").status_code == 200


@pytest.mark.parametrize("address", [PAGE, f"{DATA}?bbox=-5,41,10,51&zoom=5"])
def test_three_projects_ask_no_more_than_one(client, address, django_assert_num_queries):
    counts = []
    for rows in (1, 2):
        for rank in range(rows):
            project(places=[place(f"Lieu {rows} {rank}", 3 + rows + rank, 45.8)])
        client.get(address)
        with django_assert_num_queries(2) as found:
            client.get(address)
        counts.append(len(found))
    assert counts[0] == counts[1]
