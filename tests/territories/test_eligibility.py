"""The simulator and the audit: everything in the address, nothing guessed, every bad value answered."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.territories.models import Perimeter, Territory
from tests.factories.territories import FigureFactory, IndicatorFactory, PerimeterFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def answered(client, **typed):
    reply = client.get(reverse("eligibility"), typed)
    assert reply.status_code == 200
    return " ".join(reply.content.decode().replace("\u202f", " ").split())


@pytest.fixture
def unit():
    found = TerritoryFactory(kind=Territory.Kind.URBAN_UNIT, code="63701", name="Clermont-Ferrand")
    FigureFactory(territory=found, indicator=IndicatorFactory(code="population-totale"), value=279_540)
    return found


@pytest.fixture
def centre(unit):
    town = TerritoryFactory(code="63113", name="Clermont-Ferrand", urban_unit=unit, zone="metro")
    place = TerritoryFactory(neighbourhood=True, code="QN06307N", name="Centre", zone="metro")
    place.communes.add(town)
    PerimeterFactory(territory=place)
    FigureFactory(territory=place, indicator=IndicatorFactory(code="population-imprimee"), value=3000)
    return place


def test_nothing_told_is_nothing_known(client):
    page = answered(client)
    assert "On ne peut pas conclure" in page
    assert "jamais deviné" in page


@pytest.mark.parametrize(
    ("inhabitants", "answer"),
    [("999", "Non : un critère au moins"), ("1000", "Oui : tous les critères"), ("1 000", "Oui : tous")],
)
def test_the_criteria_answer_the_address(client, inhabitants, answer):
    page = answered(
        client,
        habitants=inhabitants,
        continu="oui",
        revenu="12399",
        unite_habitants="9901",
        unite_revenu="22000",
        national_revenu="20000",
    )
    assert answer in page
    assert "0,6 × (0,7 × 20 000 + 0,3 × 22 000) = 12 360 €, soit S = 12 400 €" in page
    assert "1 € sous le seuil de 12 400 €" in page


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("habitants", "beaucoup", "Écrivez un nombre entier"),
        ("revenu", "-1", "ne peut pas être négatif"),
        ("unite_habitants", "9" * 30, "trop grand pour être vrai"),
        ("date", "hier", "Écrivez une date"),
        ("date", "1914-01-01", "La loi date du 21 février 2014"),
        ("geographie", "mars", "Cette géographie n’existe pas"),
        ("continu", "peut-être", "Choisissez oui, non ou inconnu"),
        ("quartier\x01", "\x01", "On ne peut pas conclure"),
    ],
)
def test_a_bad_value_gets_its_sentence_and_counts_as_unknown(client, name, typed, sentence):
    assert sentence in answered(client, **{name: typed})


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"geographie": "outre-mer", "date": "2024-01-01", "densite": "1999"}, "Il manque 1 hab. au km²"),
        ({"geographie": "outre-mer", "date": "2025-01-01"}, "n° 2024-1211"),
        ({"geographie": "indice", "indice": "non"}, "Non : un critère au moins"),
    ],
)
def test_each_geography_has_its_text(client, typed, text):
    assert text in answered(client, **typed)


def test_a_neighbourhood_fills_the_address_and_what_is_changed_is_said(client, centre):
    reply = client.get(reverse("eligibility"), {"quartier": "qn06307n", "reprendre": "quartier"})
    assert reply.status_code == 302
    assert "habitants=3000" in reply["Location"]
    assert "unite_habitants=279540" in reply["Location"]
    page = answered(client, quartier="QN06307N", habitants="999", unite_habitants="279540")
    assert "<del>3 000</del>" in page
    assert "<ins>999</ins>" in page


@pytest.mark.parametrize("field", ["quartier", "unite"])
def test_an_unknown_start_is_said(client, field):
    assert "Aucun" in answered(client, **{field: "nulle-part", "reprendre": field})


def test_an_urban_unit_brings_its_population_and_keeps_the_rest(client, unit):
    typed = {"unite": "63701", "reprendre": "unite", "habitants": "3000"}
    reply = client.get(reverse("eligibility"), typed)
    assert "unite_habitants=279540" in reply["Location"]
    assert "habitants=3000" in reply["Location"]


def test_htmx_gets_the_answer_alone_with_the_errors_of_the_fields(client):
    reply = client.get(reverse("eligibility"), {"habitants": "x"}, headers={"HX-Target": "reponse"})
    page = reply.content.decode()
    assert "<html" not in page
    assert 'id="id_habitants_error" hx-swap-oob="true"' in page


def test_the_sheet_says_why_and_what_does_not_decide(client, centre):
    page = client.get(centre.get_absolute_url()).content.decode().replace("\u202f", " ")
    assert "Pourquoi ce quartier ?" in page
    assert "279 540 habitants" in page
    assert "les critères au 1er janvier 2024" in page
    assert "c’est le décret qui décide" in page
    assert "la densité ne décide pas" in page


def test_the_list_of_2024_is_recounted_and_the_rest_is_a_list(client, centre):
    small = TerritoryFactory(kind=Territory.Kind.URBAN_UNIT, code="99999", name="Petite")
    FigureFactory(territory=small, indicator=IndicatorFactory(code="population-totale"), value=9900)
    for code in ("QN09901M", "QN09902N"):
        below = TerritoryFactory(neighbourhood=True, code=code, zone="metro")
        below.communes.add(TerritoryFactory(urban_unit=small))
        PerimeterFactory(territory=below, kind=Perimeter.Kind.QPV_2024, valid_from=date(2024, 1, 1))
    reply = client.get(reverse("audit_2024"))
    result = reply.context["audit"]
    assert (result.eligible_units, result.with_one_eligible_commune, len(result.below)) == (1, 1, 2)
    page = reply.content.decode()
    assert "dérogation possible" in page
    assert "QN09902N" in page
    assert "QN06307N" not in page
    assert b"QN09901M" in client.get(reverse("audit_2024"), {"format": "csv"}).content
