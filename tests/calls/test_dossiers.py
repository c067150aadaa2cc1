"""The list of the dossiers of a call and their sheet: who reads what, under how many questions."""

import pytest
from django.urls import reverse

from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    FundingRequestFactory,
)
from tests.factories.people import RoleGrantFactory

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
