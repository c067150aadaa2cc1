"""Two people at once on one maquette, on the database as it is; and what a large one costs."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faubourg.contracts.access import Hand
from faubourg.contracts.models import Contract, FundingLine
from faubourg.contracts.queries.maquette import maquette_of
from faubourg.contracts.services.maquette import Change, Saved, Seen, save_cells
from faubourg.rules.verdict import Verdict
from tests.factories.contracts import ContractFactory
from tests.factories.money import AxisFactory, TypedLineFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

SQL_LIMIT = 15
ALL = Hand(Verdict.yes(), None)


def at_once(*acts):
    """Each act in a thread with a connection of its own, started together; their answers in order."""
    answers: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place, act):
        gate.wait(10)
        try:
            answers[place] = act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_lose_nothing():
    contract = ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    line = TypedLineFactory(contract=contract, territory=contract.bearers.get().territory, year=2025)
    row = maquette_of(contract).rows[0].id
    people = [PersonFactory().actor for _ in range(3)]

    def saving(person, year, cents, seen):
        change = Change(row, year, cents, seen)
        return lambda: save_cells(
            contract=Contract.objects.get(pk=contract.pk), changes=[change], hand=ALL, by=person
        )

    seen = Seen(1, line.amount_cents)
    same = at_once(
        saving(people[0], 2025, 111, seen),
        saving(people[1], 2025, 222, seen),
        saving(people[2], 2026, 333, Seen()),
    )
    assert all(isinstance(answer, Saved) for answer in same)
    assert sorted(answer.written for answer in same) == [0, 1, 1]
    [clash] = [clash for answer in same for clash in answer.clashes]
    kept = dict(FundingLine.objects.filter(contract=contract).values_list("year", "amount_cents"))
    assert kept[2026] == 333
    assert kept[2025] == clash.theirs
    assert {kept[2025], clash.change.typed} == {111, 222}


@pytest.fixture
def large(db):
    """40 rows by 7 years under three axes, and the officer who keeps them."""
    epci = TerritoryFactory(epci=True)
    contract = ContractFactory(borne_by=[epci])
    axes = [AxisFactory(contract=contract) for _ in range(3)]
    _fill(contract, epci, axes, 40)
    officer = RoleGrantFactory(scope_kind="epci", scope_code=epci.code).person
    client = Client()
    client.force_login(officer)
    return contract, client, epci, axes


def _fill(contract, place, axes, rows, start=0):
    levels = ("voted", "requested", "paid", "foreseen")
    FundingLine.objects.bulk_create(
        FundingLine(
            contract=contract, territory=place, objective=axes[row % 3], label=f"Action {row}", funder="État",
            year=year, amount_cents=row * 1000 + year, nature="operating", level=levels[row % 4],
            origin=("ordinary", "specific")[row % 2], added_by_name="Ana Diaz",
        )
        for row in range(start, start + rows)
        for year in range(2024, 2031)
    )  # fmt: skip


def questions(client, address):
    """How many the page asks once warm; what it takes of CPU is printed by `benchmarks/contract_life.py`."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", ["maquette/", "maquette/saisir/", "maquette/?par=financeur"])
def test_forty_rows_by_seven_years_stay_light(large, path):
    contract, client, _epci, _axes = large
    assert questions(client, f"/contrats/{contract.code}/{path}") <= SQL_LIMIT


def test_five_hundred_rows_are_paged_and_their_totals_whole(large):
    contract, client, epci, axes = large
    _fill(contract, epci, axes, 460, start=40)
    page = client.get(f"/contrats/{contract.code}/maquette/saisir/").content.decode()
    assert page.count('class="mq-cell"') == 40 * 7
    assert questions(client, f"/contrats/{contract.code}/maquette/") <= SQL_LIMIT
    total = sum(
        FundingLine.objects.filter(level="voted", origin="ordinary").values_list("amount_cents", flat=True)
    )
    assert f'data-sum="voted|ordinary" data-cents="{total}"' in page
