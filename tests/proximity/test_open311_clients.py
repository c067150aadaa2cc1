"""Three clients of Open311 that others wrote, against a server that runs: what they ask is understood, and
what is answered is understood by them. None is changed; each is used by its own options.
"""

import io
import itertools
import urllib.parse
import urllib.request
import warnings

import pytest
from django.db import connections
from PIL import Image

from tests.factories.proximity import LAT, LON, AreaFactory

from .open311_town import a_town

pytestmark = pytest.mark.django_db(transaction=True)
DAY = {"start_date": "2020-01-01T00:00:00Z", "end_date": "2020-02-01T00:00:00Z"}


@pytest.fixture
def town(live_server):
    """Two towns on one server: clients have to name theirs."""
    AreaFactory(jurisdiction_id="autre.exemple.fr")
    yield a_town()
    connections.close_all()


@pytest.fixture
def start(live_server):
    return f"{live_server.url}/open311/v2"


@pytest.fixture(scope="module")
def three():
    """Of Python 2: it takes `ifilter` from itertools, and the first of `keys()` as of a list."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patched:
        warnings.simplefilter("ignore")
        patched.setattr(itertools, "ifilter", filter, raising=False)
        import relaxml
        import three

        patched.setattr(three.core, "xml", lambda content: Listed(relaxml.xml(content)))
        yield three


class Listed(dict):
    def keys(self):
        return list(super().keys())


def a_picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "JPEG")
    file.seek(0)
    file.name = "photo.jpg"
    return file


# --- civicbot 0.4 -----------------------------------------------------------------------------------------


@pytest.fixture
def civicbot(town, start):
    from civicbot import Open311Client
    from civicbot.http import HttpTransport, RateLimiter
    from civicbot.registry import Endpoint

    endpoint = Endpoint(id="ville", name="Ville", base_url=start, write=True)
    quick = HttpTransport(rate_limiter=RateLimiter(min_interval=0))
    return Open311Client(endpoint, quick, jurisdiction_id=town.area.jurisdiction_id)


def test_civicbot_lists_files_and_reads_again(town, civicbot):
    assert {one["service_code"] for one in civicbot.list_services()} == {
        "litter", "lighting", "degraded_housing"
    }  # fmt: skip
    assert civicbot.get_service_definition("lighting")["attributes"][1]["required"] is True
    filed = civicbot.create_request(
        "lighting", dry_run=False, confirm="SEND", api_key=town.secret, validate_remote=True, lat=LAT,
        lng=LON, description="Éteint depuis lundi", attributes={"how-many": "1", "which": ["1", "2"]},
        email="camille@exemple.fr",
    )  # fmt: skip
    [told] = filed.response
    number = told["service_request_id"]
    found = civicbot.get_request(number)
    assert (found["service_request_id"], found["status"]) == (number, "open")
    assert [one["service_request_id"] for one in civicbot.list_requests(status="open", page_size=5)] == [
        number
    ]
    assert civicbot.list_requests(service_request_ids=[number]) == [found]
    assert civicbot.list_requests(**DAY) == []
    assert town.area.tickets.get().attributes == {"how-many": "1", "which": ["1", "2"]}


def test_civicbot_finds_its_number_behind_a_token(town, civicbot):
    town.key.answers_token = True
    town.key.save()
    filed = civicbot.create_request(
        "litter", dry_run=False, confirm="SEND", api_key=town.secret, lat=LAT, lng=LON
    )
    [told] = civicbot.get_token(filed.response[0]["token"])
    assert told["service_request_id"] == town.area.tickets.get().reference


def test_civicbot_hears_why_it_is_refused(town, civicbot):
    from civicbot.http import HttpError

    with pytest.raises(HttpError) as refused:
        civicbot.create_request("litter", dry_run=False, confirm="SEND", api_key="no", lat=LAT, lng=LON)
    assert refused.value.status == 403
    assert "Cette clé" in refused.value.body


# --- georeport 0.3: it reads, and has no way to file ------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_lists_and_reads_what_was_filed(town, start, form):
    from georeport import GeoReport

    client = GeoReport(start, jurisdiction=town.area.jurisdiction_id, output_format=form)
    assert len(client.get_service_list()) == 3
    assert client.get_service_definition("lighting")["service_code"] == "lighting"
    numbers = [filed_by_hand(town, start, description=words) for words in ("un", "deux")]
    found = client.get_service_request(numbers[0])
    assert (found["service_request_id"], found["status"]) == (numbers[0], "open")
    listed = client.get_service_requests(service_code="litter", status="open")
    assert {one["service_request_id"] for one in listed} == set(numbers)
    assert len(client.get_service_requests(service_request_id=",".join(numbers))) == 2


def filed_by_hand(town, start, **more):
    import json

    form = town.form(jurisdiction_id=town.area.jurisdiction_id, **more)
    call = urllib.request.Request(f"{start}/requests.json", urllib.parse.urlencode(form).encode())
    with urllib.request.urlopen(call, timeout=20) as answer:
        return json.load(answer)[0]["service_request_id"]


# --- three 0.8 --------------------------------------------------------------------------------------------


def test_three_discovers_files_with_a_photograph_and_reads_again(town, start, live_server, three):
    client = three.Three(
        start, jurisdiction=town.area.jurisdiction_id, api_key=town.secret,
        discovery=f"{live_server.url}/open311/discovery.json",
    )  # fmt: skip
    assert client.discovery()["endpoints"][0]["url"] == start
    assert three.Three(start).discovery()["endpoints"], "beside the rest, where it looks by itself"
    assert len(client.services()) == 3
    assert client.services("lighting")["service_code"] == "lighting"
    [told] = client.post(
        "litter", lat=LAT, long=LON, name="Camille Essai", phone="555-5555", description="Trois sacs",
        media=a_picture(),
    )  # fmt: skip
    assert "téléphone" in told["service_notice"]
    [found] = client.request(told["service_request_id"])
    assert (found["status"], found["media_url"]) == ("open", None)
    assert [one["service_request_id"] for one in client.requests("litter", count=5)] == [
        told["service_request_id"]
    ]
    assert client.requests(between=["01-01-2020", "02-01-2020"]) == []
    ticket = town.area.tickets.get()
    assert ticket.photos.count() == 1
    assert ticket.text == "Trois sacs"


def test_three_files_at_an_address_and_finds_its_number_behind_a_token(town, start, three):
    town.key.answers_token = True
    town.key.save()
    client = three.Three(start, jurisdiction=town.area.jurisdiction_id, api_key=town.secret)
    [told] = client.post("litter", address="12 rue des Essais", description="Trois sacs")
    [found] = client.token(told["token"])
    assert client.request(found["service_request_id"])[0]["lat"] is None, "nobody knows where, exactly"
    assert town.area.tickets.get().place_words == "12 rue des Essais"


def test_three_reads_xml_too(town, start, three):
    client = three.Three(start, jurisdiction=town.area.jurisdiction_id, format="xml")
    assert len(client.services()["service"]) == 3
    number = filed_by_hand(town, start)
    assert client.request(number)["request"]["service_request_id"] == number
