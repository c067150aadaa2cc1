"""The example calls of the demonstration live: real services carried their dossiers to each age."""

import csv
import io

import pytest

from faubourg.calls.models import Application, FundReceipt, JurySession, Payment, ResidentFund
from faubourg.calls.services.example import AUTHORITY, LEAD, SIRETS
from faubourg.calls.services.example_life import EVERYBODY, make_example_life
from faubourg.people.demo import ACCOUNTS
from faubourg.people.identifiers import read_siret
from faubourg.people.models import Person
from faubourg.people.services.demo import make_account
from faubourg.rules.open_data import problems

pytestmark = pytest.mark.django_db


def test_the_example_has_dossiers_at_every_age_made_once():
    assert make_example_life()[0].applications.count() == 0, "no account of the demonstration yet"
    for account in ACCOUNTS:
        assert make_account(account) == [], account.email
    open_one, in_jury = make_example_life()
    states = set(Application.objects.filter(call=open_one).values_list("state", flat=True))
    assert states == {"draft", "submitted", "to_complete"}
    states = set(Application.objects.filter(call=in_jury).values_list("state", flat=True))
    assert states == {"notified", "before_jury", "examined", "complete"}
    assert open_one.intents.get().number
    assert JurySession.objects.get(jury__call=in_jury).state == "open"
    assert Payment.objects.filter(decision__funder__call=in_jury, state="ordered").exists()
    before = Application.objects.count()
    make_example_life()
    assert Application.objects.count() == before


def test_the_fund_lives_and_the_grant_is_published(client):
    for account in ACCOUNTS:
        make_account(account)
    make_example_life()
    fund = ResidentFund.objects.get()
    states = list(fund.microprojects.order_by("pk").values_list("state", flat=True))
    assert states == ["closed", "advanced", "before_committee", "requested"]
    assert FundReceipt.objects.filter(microproject__fund=fund).count() == 3
    assert fund.committees.filter(state="open").count() == 1
    page = client.get("/fonds/").content.decode()
    assert fund.name in page
    rows = client.get("/donnees/subventions.csv").getvalue().decode()
    told = list(csv.DictReader(io.StringIO(rows)))
    assert {row["nomAttribuant"] for row in told} == {LEAD[0], AUTHORITY[0]}
    assert all(problems(row) == () for row in told)
    assert "Rien : toutes les subventions notifiées" in client.get("/donnees/").content.decode()
    make_example_life()
    assert fund.microprojects.count() == len(states)


def test_the_numbers_of_the_example_are_valid_and_nobody_s():
    for number in SIRETS.values():
        assert read_siret(number) == number
        assert number.startswith("0000000")


def test_whatever_is_invented_says_so():
    for account in ACCOUNTS:
        make_account(account)
    for call in make_example_life():
        assert "exemple" in call.title
        assert "inventés" in call.presentation
        for dossier in call.applications.all():
            assert "exemple" in dossier.title.lower()
            assert "exemple" in dossier.organisation.name
    for fund in ResidentFund.objects.all():
        assert "exemple" in fund.name
        assert "inventés" in fund.words
        for project in fund.microprojects.all():
            assert "exemple" in project.title.lower()
            assert "exemple" in project.collective
    assert set(EVERYBODY) <= set(Person.objects.values_list("email", flat=True))
