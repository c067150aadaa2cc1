"""The list of the dossiers of a call and their sheet: who reads what, under how many questions."""

import json
from datetime import date

import pytest
from django.urls import reverse

from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    FundingRequestFactory,
)
from tests.factories.people import MembershipFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return CallFactory()


@pytest.fixture
def runner(call, client):
    person = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    client.force_login(person)
    return person


def dossier(call, **more):
    application = ApplicationFactory(submitted=True, call=call, **more)
    FundingRequestFactory(application=application, funder=CallFunderFactory(call=call))
    return application


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_rows_as_for_one(
    client, call, runner, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        dossier(call)
    client.get(reverse("call_applications", args=[call.code]))
    with django_assert_max_num_queries(15):
        page = client.get(reverse("call_applications", args=[call.code]))
    assert page.context["listing"].total == rows


@pytest.mark.parametrize("name", ["application", "application_project", "application_budget"])
def test_a_page_of_a_dossier_asks_at_most_fifteen_questions(
    client, call, runner, name, django_assert_max_num_queries
):
    application = dossier(call)
    for _ in range(3):
        FundingRequestFactory(application=application, funder=CallFunderFactory(call=call))
    with django_assert_max_num_queries(15):
        page = client.get(reverse(name, args=[application.pk]))
    assert page.status_code == 200
    assert application.title in page.content.decode()


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_list_is_carried_away_as_json_with_its_filters(client, call, runner, rows):
    for _ in range(rows):
        dossier(call, late=True)
    dossier(call, title="À l’heure")
    answer = client.get(reverse("call_applications", args=[call.code]), {"retard": "on", "format": "json"})
    told = json.loads(b"".join(answer.streaming_content))
    assert len(told) == rows
    assert all(one["montant"] == 2000 and one["delai"] for one in told)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_the_list_is_carried_away_as_a_table(client, call, runner, fmt):
    application = dossier(call)
    answer = client.get(reverse("call_applications", args=[call.code]), {"format": fmt})
    assert answer.status_code == 200
    assert fmt != "csv" or application.number in answer.content.decode()


def test_filters_narrow_and_a_word_of_the_address_is_never_an_error(client, call, runner):
    kept, other = dossier(call, title="Jardin des Tilleuls"), dossier(call, state="complete")
    address = reverse("call_applications", args=[call.code])
    for query, found in (
        ({"q": "tilleuls"}, [kept]),
        ({"q": kept.number}, [kept]),
        ({"etat": "complete"}, [other]),
        ({"financeur": str(other.requests.get().funder_id)}, [other]),
        ({"quartier": "QN00000"}, []),
        ({"tri": "-montant"}, [kept, other]),
    ):
        assert list(client.get(address, query).context["listing"].page.object_list) == found, query
    assert client.get(address, {"etat": "inconnu", "page": "x", "tri": "rien"}).status_code == 200


def test_what_awaits_the_opinion_of_my_funder(client, call):
    application, given = dossier(call, state="complete"), dossier(call, state="complete")
    member = MembershipFactory()
    for each in (application, given):
        funder = each.requests.get().funder
        funder.organisation = member.organisation
        funder.save()
    given.opinions.create(funder=given.requests.get().funder, sense="favourable", given_on=date(2015, 2, 1))
    client.force_login(member.person)
    page = client.get(reverse("call_applications", args=[call.code]), {"avis": "on"})
    assert list(page.context["listing"].page.object_list) == [application]
