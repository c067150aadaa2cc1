"""No address and no form brings in a sign that a database cannot keep or a file cannot show."""

import logging

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from faubourg.base import pdf
from faubourg.base.logs import RefusalsInOneLine
from faubourg.base.refusal import NotAllowed
from faubourg.people.models import Organisation, Person, RoleGrant
from faubourg.rules.verdict import Verdict
from tests.factories.people import OrganisationFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
ODD = "Ctl\x01\x08\x9f\u202eNom"


def addresses(resolver: URLResolver, before: str = "/"):
    """Every address of the product as a pattern: « /quartiers/<str:code>/ »."""
    for each in resolver.url_patterns:
        here = before + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from addresses(each, here)


def with_nul(address: str) -> str:
    """The address with a NUL in place of each argument."""
    parts = ["x%00y" if "<" in part or "(" in part else part for part in address.split("/")]
    return "/".join(parts)


def test_a_nul_in_an_argument_of_any_address_leads_nowhere(client):
    asked = {with_nul(address) for address in addresses(get_resolver())}
    named = [address for address in asked if "%00" in address]
    assert len(named) > 30
    client.force_login(RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER).person)
    assert {address: client.get(address).status_code for address in named} == dict.fromkeys(named, 404)


def test_a_nul_in_a_parameter_of_any_address_cannot_be_read(client):
    place = TerritoryFactory(kind="commune")
    plain = [address for address in addresses(get_resolver()) if "<" not in address and "(" not in address]
    for address in [*plain, f"/communes/{place.code}/"]:
        for query in ("q=%00", "generation=%00", "%00=1", "page=1%00&format=pdf"):
            status = client.get(f"{address}?{query}").status_code
            assert status == (422 if address.startswith("/api/") else 400), (address, query)


def test_what_is_typed_loses_its_control_signs_and_keeps_the_rest(client):
    client.force_login(RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER).person)
    client.post(reverse("organisation_create"), {"name": ODD, "kind": "other"})
    assert Organisation.objects.get().name == "CtlNom"
    client.post(reverse("my_name"), {"name": "Zoé\x00 Tastevin"})
    assert Person.objects.get().name == "Zoé Tastevin"


def test_an_old_name_with_control_signs_is_still_a_file(client):
    OrganisationFactory(name=ODD)
    for fmt in ("pdf", "ods", "xlsx", "csv"):
        assert client.get("/organisations/", {"format": fmt}).status_code == 200


def test_a_list_that_cannot_be_a_pdf_says_so(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise pdf.NotCompiled("table.typ: no")

    monkeypatch.setattr(pdf, "table", refuse)
    page = client.get("/organisations/", {"format": "pdf", "q": "a"})
    assert page.status_code == 422
    assert 'href="/organisations/?q=a"' in page.content.decode()


def test_a_refusal_is_one_line_of_the_log_and_a_fault_keeps_its_trace():
    for error, kept in ((NotAllowed(Verdict.no("x", "x")), False), (ValueError("x"), True)):
        record = logging.LogRecord("x", logging.WARNING, "x", 1, "x", None, (type(error), error, None))
        assert RefusalsInOneLine().filter(record)
        assert bool(record.exc_info) is kept
