"""Every address as every role against the written table (`matrix.toml`): read, and write."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings

from faubourg.site.views import errors

from . import table
from .world import ACTORS, build

# The mark also tells pytest-django that a test database is needed: the module's world lives in it.
pytestmark = pytest.mark.django_db

ROWS = table.rows()
SIGN_IN = "/compte/login/"
# Which name of the world stands for the parameter of an address that the table says nothing of yet.
GUESSES = {
    "analyses": "analysis",
    "appartenances": "membership",
    "appels": "call",
    "brouillons": "draft",
    "communes": "code_commune",
    "contrats": "contract",
    "departements": "code_departement",
    "epci": "code_epci",
    "ept": "code_ept",
    "organisations": "organisation",
    "quartiers": "code_neighbourhood",
    "regions": "code_region",
    "roles": "grant",
    "sources": "source",
    "travaux": "job",
    "unites-urbaines": "code_urban_unit",
}


def guessed(route):
    """The address of a route without a row: its parameters named after its first word."""
    first = route.removeprefix("/api").split("/")[1]
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: f"{{{GUESSES.get(first, found[1])}}}", route)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once; every request is undone."""
    uploads = tmp_path_factory.mktemp("uploads")
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(
            ACCOUNT_RATE_LIMITS=False,
            MFA_RATE_LIMITS=False,
            MEDIA_ROOT=uploads,
            JOURNAL_ANCHOR=uploads / "journal.anchor",
        ),
    ):
        made = build()
        made.uploads = uploads
        yield made
        transaction.set_rollback(True)


def answer(world, actor, method, address, data):
    """A status, or « sign-in » for a redirection to the sign-in page."""
    with transaction.atomic():
        client = world.client(actor)
        response = client.get(address) if method == "get" else client.post(address, data)
        transaction.set_rollback(True)
    if response.streaming:
        for _part in response.streaming_content:
            pass  # a file is closed once it was read
    if (
        response.status_code in {301, 302}
        and response.url.startswith(SIGN_IN)
        and not address.startswith(SIGN_IN)
    ):
        return "sign-in"
    return str(response.status_code)


def measured(world, address, data):
    return {
        method: {actor: answer(world, actor, method, address, data) for actor in ACTORS}
        for method in table.METHODS
    }


@pytest.fixture(autouse=True)
def _the_files_of_the_world(_media_in_a_temporary_folder, settings, world):
    """Every other test has a folder of its own; these share the one in which the world was built."""
    settings.MEDIA_ROOT = world.uploads


@pytest.fixture(autouse=True)
def _refusals_are_not_drawn(monkeypatch):
    """Only their status is read here, thousands of times; tests/site reads the pages themselves."""
    monkeypatch.setattr(errors, "render", lambda *_told, status, **_more: HttpResponse(status=status))


@pytest.mark.parametrize("route", sorted(ROWS))
def test_every_role_meets_what_the_table_says(route, world):
    row = ROWS[route]
    address = row.address.format(**world.names) if "{" in row.address else row.address
    found = measured(world, address, dict(row.data))
    differences = [
        f"{method.upper()} {address} as {actor}: {found[method][actor]}, not {row.cells[method][actor]}"
        for method in table.METHODS
        for actor in ACTORS
        if found[method][actor] != row.cells[method][actor]
    ]
    if differences:
        pytest.fail("\n".join([*differences, "", "As measured:", table.line_for(route, row.address, found)]))


def test_every_address_has_its_row(world):
    missing = sorted(set(table.routes()) - set(ROWS))
    told = []
    for route in missing:
        address = guessed(route)
        try:
            found = measured(world, address.format(**world.names), {})
        except (KeyError, ValueError, IndexError):
            found = {"get": dict.fromkeys(ACTORS, "?")}
        told.append(table.line_for(route, address, found))
    if told:
        pytest.fail(
            "Add to tests/access/matrix.toml, once each line is what it should be:\n\n" + "\n\n".join(told)
        )


def test_no_row_names_an_address_that_is_gone():
    gone = sorted(set(ROWS) - set(table.routes()))
    assert not gone, f"Remove from tests/access/matrix.toml: {gone}"
