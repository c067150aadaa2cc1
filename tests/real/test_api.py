"""The open data against its own description: no server error, no answer that is not documented."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from faubourg.site.api import api
from faubourg.site.wsgi import application

pytestmark = pytest.mark.django_db

CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
OPERATIONS = [
    (path, method.upper())
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
]
# Each example is a whole request, some 20 ms: the databases are real.
QUICK = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
AT_LENGTH = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def _one_connection():
    """As Django's own test client does: a request does not close the connection of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def _every_answer_is_documented(path, method, how_long):
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    cases = described[path][method].as_strategy()

    @how_long
    @given(case=cases)
    def holds(case):
        case.validate_response(case.call(app=application), checks=CHECKS)

    holds()


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_documented(path, method):
    _every_answer_is_documented(path, method, QUICK)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_documented_at_length(path, method):
    _every_answer_is_documented(path, method, AT_LENGTH)


def test_a_real_neighbourhood(client):
    answer = client.get("/api/quartiers/qn06307n").json()
    assert answer["name"] == "Centre"
    assert answer["communes"] == ["63113"]
    assert answer["valid_from"] == "2024-01-01"
    # No 2024 contour is published: the answer says so rather than drawing one.
    assert [p["has_contour"] for p in answer["perimeters"] if p["kind"] == "qpv_2024"] == [False]
    features = client.get("/api/quartiers/QN06307N/contours").json()["features"]
    assert all(feature["geometry"] is None for feature in features)


def test_a_code_of_2015_leads_to_its_neighbourhood_as_on_the_site(client):
    today = client.get("/quartiers/QP034008/")
    assert today.status_code == 301
    code = today["Location"].strip("/").split("/")[-1]
    answer = client.get("/api/quartiers/qp034008").json()
    assert answer["code"] == code
    assert answer["former_codes"] == ["QP034008"]
    outlines = client.get("/api/quartiers/QP034008/contours").json()["features"]
    assert outlines == client.get(f"/api/quartiers/{code}/contours").json()["features"] != []
    figures = client.get("/api/territoires/neighbourhood/QP034008/chiffres").json()
    assert figures == client.get(f"/api/territoires/neighbourhood/{code}/chiffres").json() != []
    assert client.get("/api/quartiers/QP999999").status_code == 404


def test_a_population_says_which_one_it_is(client):
    rows = client.get("/api/territoires/epci/246300701/chiffres").json()
    total = next(row for row in rows if row["value"] == 302259)
    assert "total" in total["name"].lower()
    assert total["source"]
    assert total["vintage"]


def test_an_unknown_code_says_so_and_a_wrong_one_names_the_parameter(client):
    unknown = client.get("/api/quartiers/QN99999Z")
    assert unknown.status_code == 404
    assert "QN99999Z" in unknown.json()["detail"]
    wrong = client.get("/api/quartiers?page=0")
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "query.page"


def test_open_data_may_be_read_from_any_page(client):
    assert client.get("/api/indicateurs")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/api/quartiers", "/api/communes", "/api/contrats"])
def test_a_list_costs_few_queries(client, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(6):
        assert client.get(address, {"page_size": 200}).status_code == 200
