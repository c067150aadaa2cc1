"""The lists: what they can be narrowed by, what they show, and as many questions for 1 row as for 3."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.territories.models import Perimeter, SourceFinding, Territory
from tests.factories.territories import (
    FigureFactory,
    PerimeterFactory,
    SourceFactory,
    TerritoryFactory,
    member_of,
)

pytestmark = pytest.mark.django_db
LISTS = ["neighbourhoods", "communes", "epcis", "departements", "regions", "sources"]
MOST_QUERIES = 13  # two more when signed in


def make_rows(name, count):
    region = TerritoryFactory(kind=Territory.Kind.REGION)
    for _ in range(count):
        departement = TerritoryFactory(kind=Territory.Kind.DEPARTEMENT, region=region)
        epci = TerritoryFactory(epci=True, departement=departement, region=region)
        commune = member_of(epci, departement=departement, region=region)
        place = member_of(epci, neighbourhood=True, departement=departement)
        place.communes.add(commune)
        PerimeterFactory(territory=place)
        if name == "regions":
            TerritoryFactory(kind=Territory.Kind.REGION)
        if name == "sources":
            SourceFactory(slug=f"source-{commune.code}")


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_ask_no_more_than_one(client, name, django_assert_max_num_queries):
    make_rows(name, 1)
    client.get(reverse(name))
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        client.get(reverse(name))
    make_rows(name, 2)
    with django_assert_max_num_queries(MOST_QUERIES) as three:
        answer = client.get(reverse(name))
    assert answer.context["listing"].total >= 3
    assert len(three) == len(one)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_every_list_exports(client, name, fmt):
    make_rows(name, 1)
    answer = client.get(reverse(name), {"format": fmt})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", LISTS)
def test_every_column_that_says_it_sorts_does(client, name):
    make_rows(name, 2)
    for header in client.get(reverse(name)).context["listing"].headers:
        if header.sort_url:
            for sort in (header.name, f"-{header.name}"):
                answer = client.get(reverse(name), {"tri": sort})
                assert answer.status_code == 200
                assert not answer.context["listing"].notices


def names(client, url, **query):
    return [row[0].text for row in client.get(reverse(url), query).context["listing"].rows]


def test_names_are_found_without_accents_and_in_any_order(client):
    TerritoryFactory(neighbourhood=True, name="La Gauthière")
    TerritoryFactory(neighbourhood=True, name="Saint-Jacques")
    assert names(client, "neighbourhoods", q="gauthiere la") == ["La Gauthière"]
    assert names(client, "neighbourhoods", q="SAINT jacques") == ["Saint-Jacques"]


def test_a_code_is_found_by_its_beginning(client):
    TerritoryFactory(neighbourhood=True, code="QN06303I", name="La Gauthière")
    assert names(client, "neighbourhoods", q="qn06303") == ["La Gauthière"]


def test_neighbourhoods_by_status_and_by_contour(client):
    today = PerimeterFactory().territory
    PerimeterFactory(kind=Perimeter.Kind.QPV_2015, valid_to=date(2024, 6, 1))
    drawn = PerimeterFactory(outline="{}", kind=Perimeter.Kind.LOCAL_P1).territory
    assert names(client, "neighbourhoods", statut="qpv_2024") == [today.name]
    assert names(client, "neighbourhoods", contour="on") == [drawn.name]


def test_a_status_that_is_past_says_so(client):
    PerimeterFactory(kind=Perimeter.Kind.QPV_2015, valid_from=date(2015, 1, 1), valid_to=date(2023, 12, 31))
    (row,) = client.get(reverse("neighbourhoods")).context["listing"].rows
    assert row[5].text == "jadis QPV 2015"


def test_communes_with_a_neighbourhood(client):
    TerritoryFactory(name="Sans")
    TerritoryFactory(neighbourhood=True).communes.add(TerritoryFactory(name="Avec"))
    assert names(client, "communes", quartiers="on") == ["Avec"]


def test_epci_that_are_gone_are_shown_when_asked(client):
    TerritoryFactory(epci=True, name="Ancienne", valid_to=date(2016, 12, 31))
    assert names(client, "epcis") == []
    assert names(client, "epcis", anciennes="on") == ["Ancienne"]


def test_the_places_of_a_departement(client):
    allier = TerritoryFactory(kind=Territory.Kind.DEPARTEMENT, code="03")
    TerritoryFactory(name="Moulins", departement=allier)
    TerritoryFactory(name="Ailleurs")
    assert names(client, "communes", departement="03") == ["Moulins"]


def test_a_filter_that_makes_no_sense_is_told_and_loses_nothing(client):
    TerritoryFactory(name="Moulins")
    answer = client.get(reverse("communes"), {"departement": "XYZ"})
    assert answer.context["listing"].notices
    assert answer.context["listing"].total == 1


def test_a_source_tells_its_licence_its_cautions_and_its_findings(client):
    source = SourceFactory(slug="qpv", licence="Licence Ouverte 2.0", caution="Pas de contour.")
    SourceFinding.objects.create(
        source=source, code="doublon", ref="CV428", sentence="Le code vient deux fois."
    )
    FigureFactory(source=source)
    page = client.get(reverse("source", args=["qpv"])).content.decode()
    for text in ("Licence Ouverte 2.0", "Pas de contour.", "Le code vient deux fois.", "CV428"):
        assert text in page


def test_an_unknown_source_is_a_404(client):
    assert client.get(reverse("source", args=["rien"])).status_code == 404
