"""What the rules read in a dossier: its own money, its own links, one dossier or many."""

import pytest

from faubourg.calls.models import Application
from faubourg.calls.queries.facts import facts_of, facts_of_many, with_facts
from faubourg.rules.calls import Condition
from tests.factories.calls import ApplicationFactory, CallFunderFactory, FundingRequestFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def asked(dossier, cents, **funder):
    FundingRequestFactory(
        application=dossier, funder=CallFunderFactory(call=dossier.call, **funder), cents=cents, year=2015
    )


def test_only_what_is_asked_of_the_authority_meets_its_floor():
    dossier = ApplicationFactory()
    asked(dossier, 200_000, is_authority=True)
    asked(dossier, 900_000, is_authority=False)
    assert facts_of(dossier).requests_cents == {"operating": 200_000}
    assert facts_of(dossier, 2016).requests_cents == {}


def test_local_money_is_that_of_the_lines_of_local_authorities():
    dossier = ApplicationFactory()
    for account, cents in (("601", 1_000_00), ("74com", 300_00), ("74epci", 50_00), ("74region", 650_00)):
        dossier.budget_lines.create(account=account, cents=cents, label="qui")
    facts = facts_of(dossier)
    assert facts.budget_cents == 1_000_00
    assert facts.local_cents == {"commune": 300_00, "epci": 50_00}
    assert facts.public_cents == 1_000_00


def test_what_is_linked_answers_a_condition_by_itself():
    dossier = ApplicationFactory(conditions={"priority_geography": True, "shared_diagnosis": True})
    assert Condition.PRIORITY_GEOGRAPHY not in facts_of(dossier).conditions
    dossier.territories.add(TerritoryFactory(kind="neighbourhood", code="QN00101M"))
    conditions = facts_of(Application.objects.get(pk=dossier.pk)).conditions
    assert conditions[Condition.PRIORITY_GEOGRAPHY] is True
    assert conditions[Condition.SHARED_DIAGNOSIS] is True
    assert conditions[Condition.OBJECTIVE_LINKED] is False


@pytest.mark.parametrize("count", [1, 3])
def test_many_dossiers_cost_the_queries_of_one(count, django_assert_max_num_queries):
    for dossier in ApplicationFactory.create_batch(count):
        asked(dossier, 200_000, is_authority=True)
        dossier.budget_lines.create(account="601", cents=5)
    with django_assert_max_num_queries(12):
        found = list(facts_of_many(Application.objects.all()))
    assert [facts.asked_cents for _, facts in found] == [200_000] * count
    assert with_facts(Application.objects.all()).count() == count
