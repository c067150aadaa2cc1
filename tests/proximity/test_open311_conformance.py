"""GeoReport v2 as its public specification says it, address by address, in both formats."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.proximity import LAT, LON, AreaFactory, CategoryFactory, TicketFactory

from .open311_town import FORMATS, LIST_VALUES, a_town, called, posted, read

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("form", FORMATS)]
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
FIELDS = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
]  # fmt: skip


@pytest.fixture
def town():
    return a_town()


def a_ticket(town, days=1, **told):
    at = timezone.now() - timedelta(days=days)
    return TicketFactory(area=town.area, category=told.pop("category", town.plain), created_at=at, **told)


@pytest.mark.parametrize("address", ["/open311/discovery", "/open311/v2/discovery"])
def test_discovery_names_the_endpoint_its_formats_and_whom_to_ask(town, form, address):
    told = read(Client().get(f"{address}.{form}"), form)
    assert set(told) == {"changeset", "contact", "key_service", "endpoints"}
    assert W3C.fullmatch(told["changeset"])
    [endpoint] = told["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert (endpoint["type"], endpoint["formats"]) == ("production", ["text/xml", "application/json"])


def test_services_are_listed_with_every_field(town, form):
    CategoryFactory(area=town.area, code="gone", active=False)
    CategoryFactory(area=AreaFactory(jurisdiction_id="ailleurs"), code="elsewhere")
    told = called("services", form, jurisdiction_id="ville.exemple.fr")
    by_code = {one["service_code"]: one for one in told}
    assert set(by_code) == {"litter", "lighting", "degraded_housing"}
    litter = by_code["litter"]
    assert (litter["service_name"], litter["type"], litter["keywords"], litter["group"]) == (
        "Dépôt <sauvage> & saleté", "realtime", "sac, tas", "propreté",
    )  # fmt: skip
    yes, no = ("true", "false") if form == "xml" else (True, False)
    assert (litter["metadata"], by_code["lighting"]["metadata"]) == (no, yes)


def test_a_definition_asks_its_questions_in_order(town, form):
    told = called("services/lighting", form)
    assert told["service_code"] == "lighting"
    asked = told["attributes"]
    assert [str(one["order"]) for one in asked] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [one["code"] for one in asked] == [
        "advice", "how-many", "which", "pole", "height", "since", "more"
    ]  # fmt: skip
    yes, no = ("true", "false") if form == "xml" else (True, False)
    assert asked[0]["variable"] == no
    assert (asked[1]["required"], asked[1]["datatype"]) == (yes, "singlevaluelist")
    assert asked[1]["values"] == LIST_VALUES
    assert asked[3]["datatype_description"] == "Deux lettres et trois chiffres"
    assert "values" not in asked[3]


def test_a_definition_without_a_question_is_one_all_the_same(town, form):
    assert called("services/litter", form) == {"service_code": "litter", "attributes": []}


def test_what_is_filed_is_numbered_and_read_again(town, form):
    [filed] = posted(town.form(), form)
    assert set(filed) == {"service_request_id", "service_notice", "account_id"}
    [told] = called(f"requests/{filed['service_request_id']}", form)
    assert list(told) == FIELDS
    assert (told["status"], told["service_code"], told["status_notes"]) == ("open", "litter", "nouveau")
    assert W3C.fullmatch(told["requested_datetime"])
    assert W3C.fullmatch(told["updated_datetime"])
    assert told["expected_datetime"].endswith(("T23:59:59+01:00", "T23:59:59+02:00"))
    assert (float(told["lat"]), float(told["long"])) == (LAT, LON)
    assert told["description"] is None, "what was typed is not public before somebody read it"


def test_a_token_is_answered_instead_of_the_number_when_the_application_asks(town, form):
    town.key.answers_token = True
    town.key.save()
    [filed] = posted(town.form(), form)
    assert set(filed) == {"token", "service_notice", "account_id"}
    [told] = called(f"tokens/{filed['token']}", form)
    assert told["token"] == filed["token"]
    assert called(f"requests/{told['service_request_id']}", form)


def test_each_datatype_is_filed(town, form):
    answers = {
        "attribute[how-many]": "1", "attribute[which][]": ["1", "2"], "attribute[pole]": "AB 123",
        "attribute[height]": "4.5", "attribute[since]": "2026-01-02T03:04:05Z", "attribute[more]": "Non",
    }  # fmt: skip
    [filed] = posted(town.form(service_code="lighting", **answers), form)
    ticket = town.area.tickets.get(reference=filed["service_request_id"])
    assert ticket.attributes == {
        "how-many": "1", "which": ["1", "2"], "pole": "AB 123", "height": "4.5",
        "since": "2026-01-02T03:04:05Z", "more": "Non",
    }  # fmt: skip


def test_requests_are_those_of_ninety_days_newest_first(town, form):
    old, middle, new = (a_ticket(town, days) for days in (91, 40, 1))
    assert [one["service_request_id"] for one in called("requests", form)] == [
        new.reference, middle.reference
    ]  # fmt: skip
    assert list(called("requests", form)[0]) == FIELDS
    start = (timezone.now() - timedelta(days=95)).isoformat(timespec="seconds")
    assert old.reference in [one["service_request_id"] for one in called("requests", form, start_date=start)]


def asked(form, **params):
    return {one["service_request_id"] for one in called("requests", form, **params)}


def test_requests_are_filtered(town, form):
    litter, lighting = a_ticket(town), a_ticket(town, category=town.asking, state="closed")
    declared = a_ticket(town, state="declared_done")
    everything = {litter.reference, lighting.reference, declared.reference}
    assert asked(form) == asked(form, status="", service_code="") == everything
    assert asked(form, service_code="lighting") == {lighting.reference}
    assert asked(form, service_code="lighting,litter", status="open") == {
        litter.reference, declared.reference
    }  # fmt: skip
    assert asked(form, status="closed") == {lighting.reference}
    assert asked(form, status="open,closed") == everything
    assert asked(form, service_code="nothing") == set()


def test_numbers_override_every_other_filter(town, form):
    one, other = a_ticket(town, 400), a_ticket(town, state="closed")
    a_ticket(town)
    told = asked(form, service_request_id=f"{one.reference},{other.reference},ZZZ", status="open",
                 service_code="nothing", start_date="never")  # fmt: skip
    assert told == {one.reference, other.reference}


def test_pages(town, form):
    numbers = [a_ticket(town, days).reference for days in (1, 2, 3)]
    assert [len(called("requests", form, page_size=2, page=page)) for page in (1, 2, 3)] == [2, 1, 0]
    assert asked(form, page_size=2, page=2) == {numbers[2]}


ERRORS = [
    # A GET, a status, what its description says.
    ("services", {"jurisdiction_id": "ailleurs"}, 404, "collectivité"),
    ("services/nothing", {}, 404, "service"),
    ("requests/ZZZ-ZZZ", {}, 404, "numéro"),
    ("tokens/nothing", {}, 404, "jeton"),
    ("nothing", {}, 404, "discovery"),
    ("requests", {"status": "opened"}, 400, "open ou closed"),
    ("requests", {"start_date": "yesterday"}, 400, "start_date"),
    ("requests", {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400, "90"),
    ("requests", {"page_size": "many"}, 400, "page_size"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "params", "status", "words"), ERRORS)
def test_an_error_has_its_status_and_says_why(town, form, path, params, status, words):
    answer = Client().get(f"/open311/v2/{path}.{form}", params)
    assert answer.status_code == status
    [told] = read(answer, form)
    assert (str(told["code"]), set(told)) == (str(status), {"code", "description"})
    assert words in told["description"]


REFUSED = [
    ({"api_key": ""}, 403, "api_key"),
    ({"api_key": "wrong"}, 403, "clé"),
    ({"service_code": ""}, 400, "service_code"),
    ({"service_code": "nothing"}, 404, "service"),
    ({"lat": "", "long": ""}, 400, "où"),
    ({"long": ""}, 400, "ensemble"),
    ({"lat": "north"}, 400, "degrés"),
    ({"lat": 48.85, "long": 2.35}, 400, "territoire"),
    ({"email": "nobody"}, 400, "email"),
    ({"description": "x" * 4001}, 400, "4"),
    ({"media_url": "file:///etc/passwd"}, 400, "media_url"),
    ({"attribute[nothing]": "1"}, 400, "nothing"),
    ({"service_code": "lighting"}, 400, "how-many"),
    ({"service_code": "lighting", "attribute[how-many]": "3"}, 400, "singlevaluelist"),
    ({"jurisdiction_id": "ailleurs"}, 404, "collectivité"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "status", "words"), REFUSED)
def test_a_report_that_cannot_be_filed_says_why(town, form, wrong, status, words):
    told = posted(town.form(**wrong), form, status)
    assert any(words in one["description"] for one in told)
    assert str(told[0]["code"]) == str(status)
    assert not town.area.tickets.exists()


def test_every_mistake_is_told_at_once(town, form):
    told = posted(town.form(lat="", long="", email="nobody", service_code="lighting"), form, 400)
    assert len(told) == 3


def test_the_jurisdiction_is_named_when_several_answer(town, form):
    AreaFactory(jurisdiction_id="autre.exemple.fr")
    answer = Client().get(f"/open311/v2/services.{form}")
    assert answer.status_code == 400
    assert "jurisdiction_id" in read(answer, form)[0]["description"]
    posted(town.form(), form, 400)
    posted(town.form(jurisdiction_id="ville.exemple.fr"), form)
    posted(town.form(jurisdiction_id="autre.exemple.fr"), form, 403)


def test_other_methods_are_refused_in_the_same_format(town, form):
    for method, path in (("post", "services"), ("put", "requests"), ("delete", "requests/1")):
        answer = getattr(Client(enforce_csrf_checks=True), method)(f"/open311/v2/{path}.{form}")
        assert answer.status_code == 405
        assert "GET" in answer["Allow"]
        assert str(read(answer, form)[0]["code"]) == "405"
