"""The hive: what was funded, failures with their reasons, nobody's name; what nobody published stays out."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.base import documents
from faubourg.base.actor import FAUBOURG
from faubourg.calls.models import Report
from tests.calls.test_funds import photo
from tests.factories.calls import ApplicationFactory, CallFactory, FunderDecisionFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def project(state="running", places=(), **fields):
    made = ApplicationFactory(submitted=True, summary="Un jardin partagé.", **fields)
    made.state = state
    made.save()
    made.territories.set(places)
    FunderDecisionFactory(
        application=made, funder__call=made.call, amount_cents=200_000, state="notified",
        voted_on=date(2015, 4, 1), notified_on=date(2015, 5, 2),
    )  # fmt: skip
    return made


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected", "before_jury", "withdrawn"])
def test_only_what_was_funded_enters(client, state):
    made = project(state=state)
    assert client.get(f"/ruche/{made.pk}/").status_code == 404
    assert made.title not in client.get("/ruche/").content.decode()


def test_a_project_of_a_call_that_is_not_published_stays_out(client):
    assert client.get(f"/ruche/{project(call=CallFactory(state='reviewed')).pk}/").status_code == 404


def test_a_failure_says_why_once_its_report_is_public(client):
    made = project(state="cancelled")
    report = Report.objects.create(
        application=made,
        year=2015,
        due_on=date(2016, 6, 30),
        exit="not_done",
        why_not_done="La salle a fermé.",
    )
    at = f"/ruche/{made.pk}/"
    assert "La salle a fermé." not in client.get(at).content.decode()
    report.public = True
    report.save()
    page = client.get(at).content.decode()
    assert "La salle a fermé." in page
    assert "n’a pas abouti" in page
    assert "Camille" not in page


def test_only_public_photographs_of_public_reports_are_shown(client):
    made = project(state="settled")
    report = Report.objects.create(application=made, year=2015, due_on=date(2016, 6, 30), public=True)
    kept = documents.keep(upload=photo(), purpose="report", by=FAUBOURG)
    text = SimpleUploadedFile("a.txt", b"x", "text/plain")
    paper = documents.keep(upload=text, purpose="report", by=FAUBOURG)
    shown = report.files.create(document=kept, public=True, caption="Le jardin")
    private = report.files.create(document=kept, public=False)
    other = report.files.create(document=paper, public=True)
    at = f"/ruche/{made.pk}/photos/"
    assert client.get(f"{at}{shown.pk}/").getvalue()
    assert client.get(f"{at}{private.pk}/").status_code == 404
    assert client.get(f"{at}{other.pk}/").status_code == 404


def test_what_resembles_it_says_why(client):
    place = TerritoryFactory(neighbourhood=True, name="Alpha")
    first, second = project(places=[place]), project(places=[place])
    page = client.get(f"/ruche/{first.pk}/").content.decode()
    assert second.title in page
    assert "aussi à Alpha" in page


def test_filters_and_a_few_questions(client, django_assert_max_num_queries):
    place = TerritoryFactory(neighbourhood=True, name="Alpha")
    for rows in (1, 3):
        for _ in range(rows):
            project(places=[place])
        with django_assert_max_num_queries(12):
            page = client.get("/ruche/?lieu=alpha&issue=running")
    assert page.content.decode().count("Un jardin") == 0
    assert "4 projets" in page.content.decode()
    assert "0 projet" not in client.get("/ruche/?issue=failed").content.decode()
