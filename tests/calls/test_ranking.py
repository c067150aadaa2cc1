"""The order of an intercommunalité: unique ranks, nobody overwritten, nobody interested."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Application, Interest
from faubourg.calls.queries.facts import facts_of
from faubourg.calls.services.ranking import Given, move_rank, rank_dossiers
from faubourg.rules.calls import Condition
from tests.factories.calls import ApplicationFactory, CallFactory, FundingRequestFactory
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    found = CallFactory()
    found.contracts.add(ContractFactory())
    return found


@pytest.fixture
def contract(call):
    return call.contracts.get()


@pytest.fixture
def officer(call, client):
    person = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    client.force_login(person)
    return person


def dossiers(call, contract, n=3, state="examined"):
    return [ApplicationFactory(submitted=True, call=call, contract=contract, state=state) for _ in range(n)]


def rank(call, contract, ranks, by, seen=None):
    told = {row.pk: Given(n, "", (seen or {}).get(row.pk)) for row, n in ranks.items()}
    return rank_dossiers(call=call, contract=contract, given=told, by=by.actor)


def ranks_of(contract):
    rows = Application.objects.filter(contract=contract).order_by("pk")
    return list(rows.values_list("rank", flat=True))


def test_a_rank_moves_the_dossier_on_and_answers_the_rule_that_asks_for_it(call, contract, officer):
    one, two, three = dossiers(call, contract)
    assert rank(call, contract, {one: 2, two: 1}, officer) == 2
    one.refresh_from_db()
    assert (one.rank, one.state) == (2, "ranked")
    assert facts_of(one).conditions[Condition.EPCI_RANKED] is True
    assert Condition.EPCI_RANKED not in facts_of(three).conditions


def test_two_dossiers_change_places_in_one_go(call, contract, officer):
    one, two = dossiers(call, contract, 2)
    rank(call, contract, {one: 1, two: 2}, officer)
    rank(call, contract, {one: 2, two: 1}, officer, seen={one.pk: 1, two.pk: 2})
    assert ranks_of(contract) == [2, 1]


def test_a_rank_given_twice_is_refused_and_says_to_whom(call, contract, officer):
    one, two, three = dossiers(call, contract)
    rank(call, contract, {three: 1}, officer)
    with pytest.raises(Refused, match=three.title):
        rank(call, contract, {one: 1, two: 2}, officer)
    assert ranks_of(contract) == [None, None, 1]


def test_somebody_who_ranked_in_between_is_not_overwritten(call, contract, officer):
    one, two = dossiers(call, contract, 2)
    rank(call, contract, {one: 1}, officer)
    with pytest.raises(Conflict):
        rank(call, contract, {one: 3, two: 1}, officer)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12))
def test_however_dossiers_are_moved_ranks_stay_unique(call, contract, officer, moves):
    Application.objects.filter(contract=contract).delete()
    rows = dossiers(call, contract, 4)
    for which, up in moves:
        move_rank(call=call, contract=contract, dossier=rows[which].pk, up=up, by=officer.actor)
        found = [n for n in ranks_of(contract) if n is not None]
        assert len(set(found)) == len(found)


def test_numbers_and_arrows_work_from_the_page(client, call, contract, officer):
    one, two = dossiers(call, contract, 2)
    address = reverse("call_ranking", args=[call.code, contract.pk])
    sent = {f"rank-{one.pk}": "1", f"seen-{one.pk}": "", f"rank-{two.pk}": "2", f"seen-{two.pk}": ""}
    assert client.post(address, sent | {f"reason-{one.pk}": "Trois quartiers"}).status_code == 302
    one.refresh_from_db()
    assert one.rank_reason == "Trois quartiers"
    client.post(address, {"move": f"down:{one.pk}"})
    assert ranks_of(contract) == [2, 1]
    assert client.post(address, {f"rank-{one.pk}": "premier"}).status_code == 422
    again = {f"rank-{one.pk}": "1", f"seen-{one.pk}": "2", f"rank-{two.pk}": "1", f"seen-{two.pk}": "1"}
    refused = client.post(address, again)
    assert refused.status_code == 422
    assert "Un rang, un dossier" in refused.content.decode()


def test_one_declared_interest_is_enough_to_be_out_of_the_ranking(client, call, contract, officer):
    one, two = dossiers(call, contract, 2)
    Interest.objects.create(
        call=call, person=officer, application=one, reason="Parenté", declared_on="2015-02-01"
    )
    address = reverse("call_ranking", args=[call.code, contract.pk])
    page = client.get(address)
    assert page.status_code == 200
    assert one.title not in page.content.decode()
    assert client.post(address, {f"rank-{two.pk}": "1", f"seen-{two.pk}": ""}).status_code == 403


def test_a_stranger_neither_reads_nor_ranks(client, call, contract):
    client.force_login(PersonFactory())
    address = reverse("call_ranking", args=[call.code, contract.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_ranking_asks_as_much_for_three_dossiers_as_for_one(
    client, call, contract, officer, rows, django_assert_max_num_queries
):
    for row in dossiers(call, contract, rows):
        FundingRequestFactory(application=row)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("call_ranking", args=[call.code, contract.pk])).status_code == 200
