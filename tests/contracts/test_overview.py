"""The page of a contract, as a resident reads it: promises first, then signatures, money, delays, story."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Action, Commitment, Deliverable, Objective, Signatory
from faubourg.contracts.queries.life import life_of
from tests.factories.contracts import ContractFactory, FundingLineFactory
from tests.factories.evaluation import AnnualReportFactory
from tests.factories.governance import BodyFactory, MeetingFactory
from tests.factories.questions import InterpellationFactory

pytestmark = pytest.mark.django_db


def live(contract, ranks=(0,)):
    """So much of each thing that a contract holds, from the promise to the delay."""
    for rank in ranks:
        axis = Objective.objects.create(contract=contract, rank="axis", title=f"Axe {rank}", order=9 - rank)
        goal = Objective.objects.create(contract=contract, rank="strategic", title="But", parent=axis)
        Objective.objects.create(contract=contract, rank="operational", title="Pas", parent=goal)
        Action.objects.create(contract=contract, title=f"Action {rank}", state="running")
        Commitment.objects.create(contract=contract, text=f"Promesse {rank}", owner_name="Camille Secret")
        Signatory.objects.create(contract=contract, name=f"Ville {rank}", signed_on=date(2024, 7, 10))
        Deliverable.objects.create(
            contract=contract, name=f"Bilan {rank}", due_on=timezone.localdate() - timedelta(5 + rank)
        )
        InterpellationFactory(contract=contract)
        AnnualReportFactory(contract=contract, year=2010 + rank, published=True)
        quarter = contract.neighbourhood_links.first().neighbourhood
        FundingLineFactory(contract=contract, territory=quarter)


@pytest.mark.parametrize("ranks", [(0,), (0, 1, 2)])
def test_a_lived_contract_costs_the_same_whatever_it_holds(
    client, town, officer, django_assert_max_num_queries, ranks
):
    live(town.contract, ranks)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("contract", args=[town.contract.code]))
    assert len(page.context["overview"].late) == len(ranks)
    assert len(page.context["overview"].panels[0].lines) == len(ranks)


def test_a_resident_reads_the_promises_before_the_data(client, town):
    live(town.contract, (0, 1))
    Signatory.objects.create(
        contract=town.contract, name="Bailleur", refused_on=date(2024, 7, 1), refusal_reason="Pas d’accord."
    )
    page = client.get(reverse("contract", args=[town.contract.code])).content.decode()
    order = [
        page.index(f'id="{name}"') for name in ("promesses", "signatures", "argent", "retards", "population")
    ]
    assert order == sorted(order)
    assert "2 signatures sur 3" in page
    assert "Pas d’accord." in page
    assert "Camille Secret" not in page


def test_axes_come_in_their_order_with_all_that_they_hold(town):
    live(town.contract, (0, 1))
    axes = life_of(town.contract).axes
    assert [(axis.label, axis.objectives) for axis in axes] == [("Axe 1", 2), ("Axe 0", 2)]


def test_what_is_not_public_or_no_longer_promised_is_left_out(town):
    live(town.contract)
    InterpellationFactory(contract=town.contract, waiting=True)
    Objective.objects.create(
        contract=town.contract, rank="axis", title="Retiré", withdrawn_on=date(2024, 1, 1)
    )
    Commitment.objects.create(
        contract=town.contract, text="Abandonnée", dropped_on=date(2024, 1, 1), dropped_reason="Sans moyens"
    )
    life = life_of(town.contract)
    assert [len(life.of(kind)) for kind in ("question", "objective", "commitment")] == [1, 3, 1]


def test_the_story_tells_the_contract_before_with_its_slippage_and_its_axes(client, town):
    before = ContractFactory(
        older=True, borne_by=[town.epci], name="Ancien contrat", state="replaced",
        planned_signature_on=date(2014, 12, 31), signed_on=date(2015, 7, 1),
    )  # fmt: skip
    Objective.objects.create(contract=before, rank="axis", title="Cohésion")
    town.contract.predecessor, town.contract.state = before, "signed"
    town.contract.planned_signature_on, town.contract.signed_on = date(2024, 3, 31), date(2024, 7, 10)
    town.contract.save()
    page = " ".join(client.get(reverse("contract", args=[town.contract.code])).content.decode().split())
    for told in ("Ancien contrat", "182 jours de retard", "101 jours de retard", "Cohésion"):
        assert told in page


def test_a_contract_that_is_only_known_from_a_list_says_so_in_one_sentence(client, town):
    page = client.get(reverse("contract", args=[town.contract.code])).content.decode()
    assert "La vie de ce contrat n’est pas tenue ici" in page
    assert "promesses" not in page


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_life_of_a_contract_travels(client, town, fmt):
    live(town.contract)
    answer = client.get(reverse(f"contract_life_{fmt}", args=[town.contract.code]))
    assert answer.status_code == 200
    if fmt == "csv":
        table = answer.content.decode("utf-8-sig")
        for told in ("Axe 0", "Promesse 0", "Ville 0", "Bilan 0", "10000"):
            assert told in table


def test_the_open_data_says_what_the_page_says(client, town):
    live(town.contract)
    told = client.get(f"/api/contrats/{town.contract.generation}/{town.contract.code}/vie").json()
    assert told["parties"] == [
        {"name": "Ville 0", "signed_on": "2024-07-10", "refused_on": None, "refusal_reason": ""}
    ]
    assert (told["followed"], told["actions"], len(told["late"])) == (True, {"running": 1}, 1)
    assert client.get("/api/contrats/2024-2030/RIEN/vie").status_code == 404


def test_a_long_maquette_is_told_by_its_totals_which_never_mix(client, town):
    """Levels and origins apart; the lines themselves are a link away."""
    quarter = town.contract.neighbourhood_links.first().neighbourhood
    told = {"contract": town.contract, "territory": quarter, "amount_cents": 100_000}
    for year in range(2024, 2029):
        FundingLineFactory(**told, level="voted", origin="specific", year=year)
        FundingLineFactory(**told, level="foreseen", origin="ordinary", year=year)
    FundingLineFactory(territory=quarter, level="paid", label="Ligne du quartier")
    page = client.get(reverse("contract", args=[town.contract.code]))
    assert [line[2:] for line in page.context["money_totals"]] == [("2024–2028", "5\u202f000\u202f€")] * 2
    assert [level.level for level in page.context["money"]] == ["paid"]
    assert reverse("contract_money", args=[town.contract.code]) in page.content.decode()


def test_a_short_maquette_is_told_line_by_line(client, town):
    live(town.contract)
    page = client.get(reverse("contract", args=[town.contract.code]))
    assert page.context["money_totals"] == []
    assert page.context["money"]


def test_the_first_of_a_month_is_said_as_in_french(client):
    contract = ContractFactory(
        state="in_force", planned_signature_on=date(2014, 12, 31), signed_on=date(2015, 7, 1)
    )
    for name in ("contract", "contract_schedule"):
        page = client.get(contract_url(contract, name)).text
        assert "1er juillet 2015" in page


def test_the_last_meeting_of_each_community_of_actors_is_on_the_page(client):
    contract = ContractFactory()
    day = datetime(2024, 3, 15, 18, tzinfo=UTC)
    names = ("Communauté Nord", "Communauté Sud")
    for name in names:
        body = BodyFactory(contract=contract, community=True, name=name)
        MeetingFactory(body=body, title="D’avant", state="held", starts_at=day - timedelta(days=90))
        MeetingFactory(body=body, title=f"Chez {name}", state="held", starts_at=day, present_count=12)
        MeetingFactory(body=body, title="À venir")
    MeetingFactory(body=BodyFactory(contract=contract), title="Du comité", state="held", starts_at=day)
    page = client.get(contract_url(contract)).content.decode()
    assert [page.count(f"Chez {name}") for name in names] == [1, 1]
    assert page.count("12 personnes présentes") == 2
    assert page.count("15 mars 2024") == 2
    assert not [title for title in ("D’avant", "À venir", "Du comité") if title in page]
