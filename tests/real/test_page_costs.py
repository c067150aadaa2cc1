"""No page one opens asks the database more than fifteen questions, signed in, with everything loaded."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.pages import PAGES, SQL_LIMIT
from faubourg.base.models import JournalEntry
from faubourg.people.models import Person
from faubourg.territories.models import Territory
from faubourg.territories.services.edit_sheet import edit_sheet
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Person:
    """The fullest pages: a chargée de mission who may write everywhere."""
    return RoleGrantFactory(role="contract_officer", scope_kind="instance", scope_code="").person


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_at_most_fifteen_questions(officer, address):
    client = Client()
    client.force_login(officer)
    place = Territory.objects.get(kind=Territory.Kind.NEIGHBOURHOOD, code="QN06307N")
    edit_sheet(territory=place, version=place.version, description="Au centre.", by=officer.actor)
    assert JournalEntry.objects.filter(object_ref=place.code).exists()
    # What each process reads once (search, contours) is not the page's.
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    assert len(asked) <= SQL_LIMIT, "\n".join(query["sql"][:160] for query in asked.captured_queries)
