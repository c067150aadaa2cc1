"""The sheets of places: true, sourced, silent about what is not known, and cheap."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Action, ContractNeighbourhood, FundingLine
from faubourg.territories.models import (
    Correction,
    Lineage,
    LocalResource,
    Perimeter,
    StatedPhase,
    Territory,
)
from tests.factories.contracts import ContractBearerFactory, ContractFactory
from tests.factories.governance import BodyFactory, MeetingFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import (
    FigureFactory,
    IndicatorFactory,
    PerimeterFactory,
    SourceFactory,
    TerritoryFactory,
    member_of,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 13  # two more when signed in


@pytest.fixture
def place():
    """Le Centre, à Clermont-Ferrand, since 1 January 2024, without contour."""
    commune = TerritoryFactory(name="Clermont-Ferrand", code="63113")
    found = TerritoryFactory(neighbourhood=True, name="Centre", code="QN06307N")
    found.communes.add(commune)
    PerimeterFactory(territory=found, code="QN06307N")
    return found


def page_of(client, territory):
    answer = client.get(territory.get_absolute_url())
    assert answer.status_code == 200
    # Not `split()`: it would take the narrow spaces of the numbers.
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def money(territory, euros, level, year, label="Crédits"):
    return FundingLine.objects.create(
        territory=territory,
        label=label,
        funder="Ville",
        year=year,
        amount_cents=euros * 100,
        level=level,
        nature=FundingLine.Nature.UNSTATED,
        origin=FundingLine.Origin.SPECIFIC,
        source=SourceFactory(),
    )


def test_the_sheet_says_what_the_place_is_and_since_when(client, place):
    page = page_of(client, place)
    assert "Quartier prioritaire de la politique de la ville depuis le 1er janvier 2024" in page
    assert "Contour non disponible" in page
    assert "Qu’est-ce qu’un quartier prioritaire" in page


def test_no_figure_is_said_and_never_estimated(client, place):
    assert "Aucun chiffre publié pour ce quartier" in page_of(client, place)


def test_a_secret_figure_is_secret_and_a_missing_one_not_published(client, place):
    FigureFactory(territory=place, indicator=IndicatorFactory(code="a"), value=None, secrecy="secret")
    FigureFactory(territory=place, indicator=IndicatorFactory(code="b"), value=None, secrecy="missing")
    page = page_of(client, place)
    assert "secret statistique" in page
    assert "non publié" in page


def test_a_refused_comparison_shows_its_reason(client, place):
    FigureFactory(territory=place, vintage="2020", vintage_year=2020)
    FigureFactory(territory=place, vintage="2021", vintage_year=2021)
    assert "Deux millésimes consécutifs d’un indicateur infracommunal" in page_of(client, place)


def test_money_keeps_its_levels_apart_and_the_town_s_out(client, place):
    money(place, 10_000, "reserved", 2023)
    money(place, 20_000, "foreseen", 2024, "Enveloppe")
    money(place.communes.get(), 330_000, "unstated", 2023, "Réussite éducative")
    page = page_of(client, place)
    assert "10\u202f000\u202f€" in page
    assert "20\u202f000\u202f€" in page
    assert "30\u202f000" not in page.replace("330\u202f000", "")
    assert "À l’échelle de la commune, non compté ici" in page
    assert "330\u202f000" in page_of(client, place.communes.get())


def test_a_derived_contract_says_so_and_an_ambiguous_one_shows_them_all(client, place):
    for name in ("Contrat A", "Contrat B"):
        ContractNeighbourhood.objects.create(
            contract=ContractFactory(name=name), neighbourhood=place, basis="epci", ambiguous=True
        )
    page = page_of(client, place)
    assert "Contrat A" in page
    assert "Contrat B" in page
    assert page.count("lien déduit</span>") == 2
    assert page.count("Plusieurs contrats pourraient être celui de ce quartier") == 1


def test_the_community_of_actors_of_the_neighbourhood_is_one_click_away(client, place):
    contract = ContractFactory()
    ContractNeighbourhood.objects.create(
        contract=contract, neighbourhood=place, basis=ContractNeighbourhood.Basis.COMMUNE
    )
    gone = BodyFactory(contract=contract, community=True, territory=place, closed_on=date(2024, 1, 1))
    elsewhere = BodyFactory(contract=contract, community=True, territory=TerritoryFactory())
    assert "communauté d’acteurs" not in page_of(client, place)
    body = BodyFactory(contract=contract, community=True, territory=place)
    page = page_of(client, place)
    assert contract_url(contract, "body", body.pk) in page
    assert not [each for each in (gone, elsewhere) if contract_url(contract, "body", each.pk) in page]


def test_what_a_commune_spends_is_summed_by_level_when_it_is_long(client, place):
    commune = place.communes.first()
    for rank in range(30):
        money(commune, 1, "voted", 2024, f"Crédits {rank}")
    page = page_of(client, place)
    assert "Voté · crédits spécifiques · 2024 : 30" in page
    assert "30 lignes, dans la maquette du contrat" in page
    assert "Crédits 29" not in page


def test_without_contract_the_sheet_says_why(client, place):
    assert "Aucun contrat ne peut être rattaché" in page_of(client, place)


def test_a_correction_tells_what_was_printed_what_is_true_and_who_decided(client, place):
    Correction.objects.create(
        territory=place,
        subject="commune",
        printed="Clermont-Ferrand",
        corrected="Cournon-d’Auvergne",
        printed_in=SourceFactory(slug="etude", title="Étude de 2016"),
        evidence="liste de 2024",
        decided_by="Faubourg",
        decided_on=date(2026, 1, 2),
    )
    page = page_of(client, place)
    for text in (
        "Cournon-d’Auvergne",
        "Étude de 2016",
        "liste de 2024",
        "Décidé par Faubourg le 2 janvier 2026",
    ):
        assert text in page


def test_a_local_code_is_visibly_ours(client):
    ours = TerritoryFactory(neighbourhood=True, code="LOC-A-01", code_origin="local")
    assert "est un code local, donné par Faubourg" in page_of(client, ours)


@pytest.mark.parametrize("typed", ["qn06307n", "QP063099"])
def test_an_old_or_badly_typed_code_leads_to_the_place_for_good(client, place, typed):
    PerimeterFactory(territory=place, kind=Perimeter.Kind.QPV_2015, code="QP063099")
    answer = client.get(reverse("neighbourhood", args=[typed]))
    assert answer.status_code == 301
    assert answer["Location"] == place.get_absolute_url()


def test_an_unknown_code_is_a_404_that_helps(client, place):
    answer = client.get(reverse("neighbourhood", args=["QN06307X"]))
    assert answer.status_code == 404
    assert place.get_absolute_url() in answer.content.decode()


def test_a_vanished_epci_says_so_and_names_its_successor(client):
    old = TerritoryFactory(epci=True, name="Clermont Communauté", valid_to=date(2016, 12, 31))
    new = TerritoryFactory(epci=True, name="Clermont Auvergne Métropole")
    Lineage.objects.create(predecessor=old, successor=new, basis="name")
    page = page_of(client, old)
    assert "Cette intercommunalité n’existe plus depuis le 31 décembre 2016" in page
    assert "Clermont Auvergne Métropole" in page


def test_an_epci_is_set_against_the_median_of_its_kind_and_says_over_how_many(client):
    indicator = IndicatorFactory(code="taux-pauvrete", unit="percent", decimals=1, additive=False)
    figures = [
        FigureFactory(territory=TerritoryFactory(epci=True), indicator=indicator, value=value)
        for value in (10, 12, 14, 16, 18)
    ]
    page = page_of(client, figures[0].territory)
    assert "médiane 14,0\u202f%" in page
    assert "communauté d’agglomération" in page


@pytest.mark.parametrize("kind", [kind for kind in Territory.Kind if kind != "neighbourhood"])
def test_every_kind_of_place_has_a_sheet(client, kind):
    assert "Aucun chiffre publié ici" in page_of(client, TerritoryFactory(kind=kind))


def furnish(place, count):
    """`count` of everything a sheet of a neighbourhood can show."""
    commune = place.communes.get()
    for n in range(count):
        TerritoryFactory(neighbourhood=True).communes.add(commune)
        PerimeterFactory(territory=place, source=SourceFactory(slug=f"s{place.pk}-{n}"))
        FigureFactory(territory=place, indicator=IndicatorFactory(code=f"i{n}"))
        LocalResource.objects.create(
            territory=place,
            kind="service",
            name=f"Service {n}",
            source=SourceFactory(slug=f"s{place.pk}-{n}"),
        )
        money(place, 1000, "voted", 2020 + n)
        link = ContractNeighbourhood(contract=ContractFactory(), neighbourhood=place, basis="epci")
        link.save()
        Lineage.objects.create(
            predecessor=TerritoryFactory(neighbourhood=True), successor=place, basis="name"
        )


def test_three_of_everything_ask_no_more_than_one(client, django_assert_max_num_queries):
    counted = []
    for count in (1, 3):
        place = TerritoryFactory(neighbourhood=True)
        place.communes.add(member_of(TerritoryFactory(epci=True)))
        furnish(place, count)
        client.get(place.get_absolute_url())
        with django_assert_max_num_queries(MOST_QUERIES) as asked:
            client.get(place.get_absolute_url())
        counted.append(len(asked))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("count", [1, 3])
def test_who_holds_a_role_over_the_epci_asks_no_more(client, django_assert_max_num_queries, count):
    epci = TerritoryFactory(epci=True)
    place = TerritoryFactory(neighbourhood=True)
    place.communes.add(member_of(epci))
    furnish(place, count)
    grant = RoleGrantFactory(role="contract_officer", scope_kind="epci", scope_code=epci.code)
    client.force_login(grant.person)
    client.get(place.get_absolute_url())
    with django_assert_max_num_queries(15):
        page = client.get(place.get_absolute_url())
    assert reverse("territory_edit", args=[place.kind, place.code]) in page.text


@pytest.mark.parametrize("code", ["HERE", "ELSEWHERE", ""])
@pytest.mark.parametrize("count", [1, 3])
def test_a_role_over_a_contract_or_none_at_all_asks_no_more(
    client, django_assert_max_num_queries, code, count
):
    """Its own contract, another one, no role: the page answers from what it has read already."""
    epci, place = TerritoryFactory(epci=True), TerritoryFactory(neighbourhood=True)
    place.communes.add(member_of(epci))
    furnish(place, count)
    for n in range(count):
        here = ContractFactory(code="HERE" if n == 0 else f"H{n}")
        ContractBearerFactory(contract=here, territory=epci)
        ContractNeighbourhood.objects.create(contract=here, neighbourhood=place, basis="epci")
    ContractFactory(code="ELSEWHERE")
    person = PersonFactory()
    if code:
        RoleGrantFactory(person=person, role="contract_officer", scope_kind="contract", scope_code=code)
    client.force_login(person)
    client.get(place.get_absolute_url())
    with django_assert_max_num_queries(15):
        page = client.get(place.get_absolute_url()).content.decode()
    form = reverse("territory_edit", args=[place.kind, place.code])
    assert (f'href="{form}"' in page) is (code == "HERE")
    assert (client.get(form).status_code == 200) is (code == "HERE")


def test_an_epci_with_three_members_asks_no_more_than_with_one(client, django_assert_max_num_queries):
    counted = []
    for count in (1, 3):
        epci = TerritoryFactory(epci=True)
        FigureFactory(territory=epci, indicator=IndicatorFactory(code="taux", unit="percent"))
        for _ in range(count):
            commune = member_of(epci)
            TerritoryFactory(neighbourhood=True).communes.add(commune)
        with django_assert_max_num_queries(MOST_QUERIES) as asked:
            client.get(epci.get_absolute_url())
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_last_meeting_of_its_community_is_told_with_who_counted(client, place):
    contract = ContractFactory()
    ContractNeighbourhood.objects.create(
        contract=contract, neighbourhood=place, basis=ContractNeighbourhood.Basis.DOCUMENT
    )
    body = BodyFactory(contract=contract, community=True, territory=place)
    assert "Sa dernière rencontre" not in page_of(client, place)
    day = datetime(2024, 3, 15, tzinfo=UTC)
    MeetingFactory(body=body, title="Avant", state="held", starts_at=day - timedelta(days=9))
    last = MeetingFactory(
        body=body, title="Première", state="held", starts_at=day, printed_attendance="une cinquantaine"
    )
    MeetingFactory(body=body, title="Annulée", state="cancelled", starts_at=day + timedelta(days=9))
    page = page_of(client, place)
    assert contract_url(contract, "meeting", last.pk) in page
    assert "le 15 mars 2024" in page
    assert "« une cinquantaine », selon un document" in page
    assert not [title for title in ("Avant", "Annulée") if title in page]


def test_what_a_source_says_of_where_it_stands_is_dated_and_sourced(client, place):
    assert "en cours d’observation" not in page_of(client, place)
    StatedPhase.objects.create(
        territory=place,
        phase=StatedPhase.Phase.OBSERVATION,
        plan_year=2024,
        gradual=True,
        said_on=date(2024, 3, 28),
        source=SourceFactory(slug="page-d-essai"),
    )
    page = page_of(client, place)
    assert "Quartier en cours d’observation et de diagnostic, était-il dit le 28 mars 2024" in page
    assert "plan d’actions 2024 déployé de manière graduelle" in page
    assert reverse("source", args=["page-d-essai"]) in page


def test_an_action_says_its_horizon_when_it_has_one(client, place):
    contract = ContractFactory()
    for title, horizon in (("Bus", Action.Horizon.SHORT), ("Vélo", Action.Horizon.UNSTATED)):
        Action.objects.create(contract=contract, title=title, horizon=horizon).neighbourhoods.add(place)
    page = page_of(client, place)
    assert page.count("court terme") == 1
    assert "non précisé" not in page
