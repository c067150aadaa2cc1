"""The loaded database against facts known beforehand: counts, figures, links, what was found odd."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from faubourg.base import search
from faubourg.base.actor import FAUBOURG
from faubourg.base.models import JournalEntry
from faubourg.contracts.models import (
    Analysis,
    Contract,
    ContractBearer,
    ContractNeighbourhood,
    FundingLine,
)
from faubourg.contracts.services.load import load_contracts_and_documents
from faubourg.territories.models import (
    Commune,
    Correction,
    Epci,
    Figure,
    Lineage,
    Neighbourhood,
    Perimeter,
    Source,
    SourceFinding,
    Territory,
    UrbanUnit,
)
from faubourg.territories.services.load import load_territories

pytestmark = pytest.mark.django_db
G2015, G2024 = Contract.Generation.G2015, Contract.Generation.G2024


def figures(code: str, kind: str = Territory.Kind.EPCI) -> dict[str, Figure]:
    found = Figure.objects.filter(territory__code=code, territory__kind=kind).select_related("source")
    return {figure.indicator_id: figure for figure in found}


def test_every_place_is_there():
    assert Counter(Territory.objects.values_list("kind", flat=True)) == {
        "region": 26,
        "departement": 109,
        "epci": 1255 + 7,
        "ept": 11,
        "commune": 34_969 + 45,
        "urban_unit": 2409,
        "neighbourhood": 1493 + 29 + 16,
    }
    assert Commune.objects.filter(category="arrondissement-municipal").count() == 45
    # Six uninhabited lands of the TAAF have no population.
    assert Commune.objects.filter(headcount=None).count() == 6


def test_the_neighbourhoods_of_2024_are_in_force_from_their_own_date():
    listed = Perimeter.objects.filter(kind=Perimeter.Kind.QPV_2024)
    assert Counter(f"{day}" for day in listed.values_list("valid_from", flat=True)) == {
        "2024-01-01": 1362,
        "2025-01-01": 131,
    }
    assert not listed.exclude(wkb=None).exists(), "no contour of 2024 is known: none may be drawn"
    centre = Neighbourhood.objects.get(code="QN06307N")
    assert (str(centre.valid_from), centre.valid_to) == ("2024-01-01", None)
    assert [commune.code for commune in centre.communes.all()] == ["63113"]


def test_a_neighbourhood_over_two_communes_keeps_both():
    place = Neighbourhood.objects.get(code="QN00301M")
    assert sorted(place.communes.values_list("name", flat=True)) == ["Cusset", "Vichy"]


def test_the_contours_of_2015_stand_beside_2024_or_alone():
    contours = Perimeter.objects.filter(kind=Perimeter.Kind.QPV_2015).exclude(wkb=None)
    assert contours.count() == 131
    assert contours.filter(territory__code__startswith="QN").count() == 102
    assert contours.exclude(repaired="").count() == 33
    assert not contours.filter(valid_to=None).exists()
    assert Neighbourhood.objects.filter(code__startswith="QP", valid_to="2023-12-31").count() == 29
    assert Lineage.objects.filter(successor__code="QN03409M").count() == 2, "Gély and Figuerolles"


def test_an_empty_indicator_is_a_secret_never_a_zero():
    told = Figure.objects.filter(source="qpv-2015-occitanie-indicateurs")
    assert told.count() == 105 * 41
    assert told.filter(secrecy=Figure.Secrecy.SECRET).count() == 216
    assert not told.filter(perimeter=None).exists()
    assert set(told.values_list("vintage", flat=True)) == {"2016-2019, millésime précis non publié"}


def test_the_populations_of_clermont_say_which_they_are():
    told = figures("246300701")
    assert told["population-totale"].value == 302_259
    assert told["population-municipale"].value == 296_677
    assert "non précisé" in told["population-totale"].vintage
    assert told["revenu-disponible-median"].value == 23_020
    assert told["taux-pauvrete"].vintage_year == 2021


def test_what_is_not_published_is_missing():
    absent = Figure.objects.filter(source="epci-contexte", indicator="revenu-disponible-median", value=None)
    assert absent.count() == 15
    assert set(absent.values_list("secrecy", flat=True)) == {"missing"}


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Clermont-Ferrand", 279_540),
        ("Saint-Étienne", 378_774),
        ("Lille (partie française)", 1_060_974),
        ("Paris", 10_951_557),
    ],
)
def test_urban_units(name, people):
    unit = UrbanUnit.objects.get(name=name)
    assert figures(unit.code, Territory.Kind.URBAN_UNIT)["population-totale"].value == people


def test_contracts_are_keyed_on_generation_and_code():
    codes = {
        one: set(Contract.objects.filter(generation=one).values_list("code", flat=True))
        for one in (G2015, G2024)
    }
    assert (len(codes[G2015]), len(codes[G2024])) == (433, 446)
    assert len(codes[G2015] & codes[G2024]) == 45
    assert ContractBearer.objects.filter(contract__generation=G2024).count() == 448
    assert ContractBearer.objects.filter(contract__generation=G2015).count() == 434
    assert not ContractBearer.objects.filter(contract__generation=G2024, territory=None).exists()
    contract = Contract.objects.get(code="CN06302M")
    assert (contract.name, contract.printed_name) == (
        "Clermont Auvergne Métropole",
        "63 - Clermont Auvergne Métropole",
    )


@pytest.mark.parametrize(
    ("source", "code", "refs"),
    [
        ("contrats-2024", "code-en-double", {"CV428", "CN98701M"}),
        ("contrats-2015", "code-en-double", {"CV043"}),
        ("contrats-2024", "sans-population", {"CN07303M"}),
        ("contrats-2024", "sans-nom", {"CV419"}),
        ("communes-unites-urbaines", "commune-sans-unite-urbaine", {"15031", "15035", "15047", "15171"}),
    ],
)
def test_what_was_odd_is_said(source, code, refs):
    told = SourceFinding.objects.filter(source=source, code=code)
    assert set(told.values_list("ref", flat=True)) == refs


def test_every_old_bearer_is_resolved_or_reported():
    unknown = ContractBearer.objects.filter(contract__generation=G2015, territory=None)
    reported = SourceFinding.objects.filter(source="contrats-2015", code="porteur-inconnu").values_list(
        "ref", flat=True
    )
    assert set(unknown.values_list("contract__code", flat=True)) == set(reported)
    found = ContractBearer.objects.get(contract__code="CV192", contract__generation=G2015)
    assert found.territory.code == "200093201", "the Lille métropole changed SIREN, not name"
    assert found.note


def test_links_are_derived_and_ambiguity_is_kept():
    links = ContractNeighbourhood.objects.filter(contract__generation=G2024)
    assert not links.filter(basis="document").exists()
    assert links.values("neighbourhood").distinct().count() == 1493
    assert links.filter(ambiguous=True).values("neighbourhood").distinct().count() == 154
    assert links.get(neighbourhood__code="QN06307N").contract.code == "CN06302M"
    several = links.values("neighbourhood").annotate(many=Count("id")).filter(many__gt=1)
    assert several.count() == 154


def test_the_analysis_of_auvergne():
    analysis = Analysis.objects.get(slug="auvergne-2016")
    announced = {total.what: total.value for total in analysis.announced.all()}
    assert announced == {"epci": 7, "towns": 9, "neighbourhoods": 16, "people": 40_000, "renewal": 8}
    rows = list(analysis.rows.all())
    assert [row.contract.code for row in rows] == [
        "CV228", "CV229", "CV017", "CV016", "CV015", "CV140", "CV054",
    ]  # fmt: skip
    assert [row.contract.code for row in rows if row.renewal is False] == ["CV017"]
    assert len({row.central_commune_id for row in rows}) == 7
    assert [row.neighbourhoods.count() for row in rows] == [5, 2, 1, 3, 2, 2, 1]
    printed = Figure.objects.filter(source="auvergne-2016")
    quarters = printed.filter(territory__kind="neighbourhood")
    assert quarters.aggregate(Sum("value"))["value__sum"] == 40_400
    assert printed.filter(territory__kind="epci").aggregate(Sum("value"))["value__sum"] == 600_315
    assert printed.filter(territory__kind="commune").aggregate(Sum("value"))["value__sum"] == 280_805


def test_a_figure_of_2016_never_hangs_on_a_group_of_today():
    printed = Figure.objects.filter(source="auvergne-2016", territory__kind="epci")
    assert printed.count() == 7
    for figure in printed.select_related("territory"):
        assert figure.territory.code.startswith("LOC-A-EPCI-")
        assert str(figure.territory.valid_to) == "2016-12-31"
        assert figure.territory.successions.get().successor.valid_to is None


def test_corrections_show_both_values():
    told = {(one.territory.code, one.printed): one.corrected for one in Correction.objects.all()}
    assert told["LOC-A-QUARTIERS-SUD", "Clermont-Ferrand"] == "Cournon-d’Auvergne"
    assert told["LOC-A-LA-GAUTHIERE", "La Gautière"] == "La Gauthière"
    south = Neighbourhood.objects.get(code="LOC-A-QUARTIERS-SUD")
    assert south.communes.get().name == "Cournon-d'Auvergne"
    assert Neighbourhood.objects.get(code="QN06303I").aliases.filter(name="La Gautière").exists()


def test_centre_has_its_resources_and_its_money():
    centre = Neighbourhood.objects.get(code="QN06307N")
    assert figures("QN06307N", "neighbourhood")["population-imprimee"].value == 3000
    assert Counter(centre.resources.values_list("kind", flat=True)) == {
        "equipment": 6,
        "service": 5,
        "association": 8,
    }
    money = {
        (line.territory.code, line.year): (line.amount_cents, line.level)
        for line in FundingLine.objects.all()
    }
    assert money == {
        ("QN06307N", 2023): (1_000_000, "reserved"),
        ("QN06307N", 2024): (2_000_000, "foreseen"),
        ("63113", 2023): (33_000_000, "unstated"),
    }


def test_every_figure_has_a_source_with_a_licence():
    assert not Source.objects.filter(licence="").exists()
    assert "CC BY-NC-ND" in Source.objects.get(slug="gup-niort-2013").licence
    assert Figure.objects.filter(vintage="").count() == 0


def test_a_second_load_writes_nothing():
    """Row by row, not by the fingerprint alone."""
    journal = JournalEntry.objects.count()
    loaded = [*load_territories(by=FAUBOURG), *load_contracts_and_documents(by=FAUBOURG)]
    assert [one for one in loaded if one.written] == []
    assert JournalEntry.objects.count() == journal


def test_the_command_says_that_there_is_nothing_to_write(capsys):
    call_command("load")
    assert "rien à écrire" in capsys.readouterr().out


def test_a_reload_brings_back_what_is_missing_and_leaves_what_a_person_edited():
    """A sheet saved by hand and a figure withdrawn stay; a row changed behind our back is put right."""
    Neighbourhood.objects.filter(code="QN06303I").update(name="Ma Gauthière", version=2)
    withdrawn = Figure.objects.filter(pk=figures("246300701")["population-totale"].pk)
    withdrawn.update(withdrawn_at="2026-01-01T00:00:00Z")
    Neighbourhood.objects.filter(code="QN06302I").update(name="Faux nom")
    Epci.objects.get(code="200070712").figures.all().delete()
    written = {one.source: one.written for one in load_territories(by=FAUBOURG) if one.written}
    assert Neighbourhood.objects.get(code="QN06303I").name == "Ma Gauthière"
    assert withdrawn.get().withdrawn_at is not None
    assert Figure.objects.filter(territory__code="246300701", indicator="population-totale").count() == 1
    assert Neighbourhood.objects.get(code="QN06302I").name == "Quartiers Nord"
    assert figures("200070712")["population-totale"].value == 37_664
    assert {source: (one.created, one.updated) for source, one in written.items()} == {
        "qpv-2024": (0, 1),
        "decoupage-epci": (2, 0),
        "epci-contexte": (6, 0),
    }


@pytest.mark.parametrize(
    ("query", "kind", "ref"),
    [
        ("gautiere clermont", "neighbourhood", "QN06303I"),
        ("QN06307N", "neighbourhood", "QN06307N"),
        ("QP009001", "neighbourhood", "QN00901M"),
        ("246300701", "epci", "246300701"),
        ("CN06302M", "contract", "CN06302M"),
    ],
)
def test_everything_loaded_can_be_found(query, kind, ref):
    hits = search.find(query)
    assert (hits[0].kind, hits[0].ref) == (kind, ref)
