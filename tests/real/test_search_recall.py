"""On the real data: one typing error in a name still finds its place, and the map of a town stays light."""

import pytest
from django.urls import reverse

from benchmarks.search_recall import missed, without_aliases
from faubourg.base import search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", [2024, 2030, 63])
def test_one_error_in_a_name_is_forgiven_95_times_in_100(seed):
    without_aliases()
    lost, _ = missed(seed)
    assert len(lost) <= 10, lost


@pytest.mark.parametrize(
    ("query", "kind", "code"),
    [
        ("gautiere clermont", "neighbourhood", "QN06303I"),
        ("QN06303I", "neighbourhood", "QN06303I"),
        ("63113", "commune", "63113"),
        ("246300701", "epci", "246300701"),
        ("CN06302M", "contract", "CN06302M"),
        ("63000", "commune", "63113"),
        ("st-etienne", "commune", "42218"),
        ("thiers", "commune", "63430"),
    ],
)
@pytest.mark.parametrize("aliases", [True, False])
def test_what_people_type_is_among_the_first_five(query, kind, code, aliases):
    if not aliases:
        without_aliases()
    assert (kind, code) in [(hit.kind, hit.code) for hit in search.find(query, limit=5)]


@pytest.mark.parametrize("box", ["2.9,45.65,3.3,45.95", "1.2,43.45,1.7,43.75", "2.8,50.5,3.35,50.8"])
@pytest.mark.parametrize("generation", ["2024-2030", "2015-2023"])
def test_the_map_of_a_town_is_under_100_kilobytes(client, box, generation):
    query = {"bbox": box, "zoom": "11", "couches": "quartiers,contrats,communes", "generation": generation}
    assert len(client.get(reverse("map_data"), query).content) < 100_000
