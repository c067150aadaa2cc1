"""Answers of GeoReport v2 in XML and JSON: what the specification prints, then the two beside each other."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules import open311
from faubourg.rules.open311.answers import Value
from faubourg.rules.open311.drawing import ITEMS
from faubourg.rules.open311.status import note_of
from faubourg.rules.open311.text import clean, read_moment, write_moment
from faubourg.rules.proximity.circuits import REPORT

NOON = datetime(2025, 7, 14, 10, 0, tzinfo=UTC)
MAKE = open311.Attribute(
    "WHISHETN", "Quel véhicule ?", "singlevaluelist", required=True,
    values=(Value("123", "Ford"), Value("124", "Chrysler")),
)  # fmt: skip
REQUEST = open311.Request("638344", "closed", "006", "Trottoir", NOON, NOON, lat=46.32, lon=-0.46)


def read(xml):
    """The tree that an XML answer tells, every leaf a text."""

    def told(element):
        if len(element) == 0:
            return [] if element.tag in ITEMS else element.text
        if element.tag in ITEMS:
            return [told(child) for child in element]
        return {child.tag: told(child) for child in element}

    return told(ElementTree.fromstring(xml))


def flat(tree):
    """The JSON tree with every leaf as XML writes it."""
    if isinstance(tree, list):
        return [flat(one) for one in tree]
    if isinstance(tree, dict):
        return {name: flat(value) for name, value in tree.items()}
    if isinstance(tree, bool):
        return "true" if tree else "false"
    return None if tree is None or tree == "" else str(tree)


@pytest.mark.parametrize(
    ("root", "tree", "xml"),
    [
        (
            "services",
            open311.services([open311.Service("001", "Dépôt", "Un <dépôt>", True, ("a", "b"), "propreté")]),
            "<services><service><service_code>001</service_code><service_name>Dépôt</service_name>"
            "<description>Un &lt;dépôt&gt;</description><metadata>true</metadata><type>realtime</type>"
            "<keywords>a, b</keywords><group>propreté</group></service></services>",
        ),
        (
            "service_definition",
            open311.definition(open311.Definition("DMV66", (MAKE,))),
            "<service_definition><service_code>DMV66</service_code><attributes><attribute>"
            "<variable>true</variable><code>WHISHETN</code><datatype>singlevaluelist</datatype>"
            "<required>true</required><datatype_description /><order>1</order>"
            "<description>Quel véhicule ?</description><values><value><key>123</key><name>Ford</name></value>"
            "<value><key>124</key><name>Chrysler</name></value></values></attribute></attributes>"
            "</service_definition>",
        ),
        (
            "service_requests",
            open311.created(open311.Created("293944", service_notice="Merci")),
            "<service_requests><request><service_request_id>293944</service_request_id>"
            "<service_notice>Merci</service_notice><account_id /></request></service_requests>",
        ),
        (
            "service_requests",
            open311.created(open311.Created(token="12345")),
            "<service_requests><request><token>12345</token><service_notice /><account_id />"
            "</request></service_requests>",
        ),
        (
            "service_requests",
            open311.tokens("12345", "638344"),
            "<service_requests><request><service_request_id>638344</service_request_id>"
            "<token>12345</token></request></service_requests>",
        ),
        (
            "errors",
            open311.errors([(404, "Aucun service")]),
            "<errors><error><code>404</code><description>Aucun service</description></error></errors>",
        ),
        ("service_requests", [], "<service_requests />"),
    ],
)
def test_an_answer_in_xml(root, tree, xml):
    drawn = open311.as_xml(root, tree)
    assert drawn == b'<?xml version="1.0" encoding="utf-8"?>\n' + xml.encode()
    assert flat(json.loads(open311.as_json(tree))) == read(drawn)


def test_a_request_in_json_has_every_field_and_null_for_what_is_not_known():
    (told,) = json.loads(open311.as_json(open311.requests([REQUEST])))
    assert list(told) == [
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
        "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
        "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
    ]  # fmt: skip
    assert told["requested_datetime"] == "2025-07-14T12:00:00+02:00"
    assert (told["lat"], told["long"], told["description"]) == (46.32, -0.46, None)


def test_discovery_has_every_field_and_both_formats():
    endpoint = open311.Endpoint("https://exemple.fr/open311/v2", "2025-01-01 00:00")
    tree = open311.discovery("a@exemple.fr", "Demandez", "2025-01-01 00:00", [endpoint])
    assert list(tree) == ["changeset", "contact", "key_service", "endpoints"]
    assert tree["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert tree["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert read(open311.as_xml("discovery", tree)) == flat(tree)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: open311.Created("1", "2"),
        lambda: open311.Created(),
        lambda: open311.Attribute("a", "A", "colour"),
        lambda: open311.Attribute("a", "A", "singlevaluelist"),
        lambda: open311.Attribute("a", "A", values=(Value("1", "a"),)),
        lambda: open311.as_xml("rss", []),
        lambda: open311.as_json([float("nan")]),
        lambda: write_moment(datetime(2025, 1, 1)),
    ],
)
def test_what_the_specification_does_not_know_is_not_drawn(wrong):
    with pytest.raises(ValueError, match=r".+"):
        wrong()


HOSTILE = st.text(st.characters())


@given(HOSTILE, HOSTILE)
def test_any_text_is_drawn_and_reads_back_the_same_in_both(name, note):
    tree = open311.requests(
        [open311.Request("1", "open", "x", name, NOON, NOON, status_notes=note, description=note)]
    )
    assert read(open311.as_xml("service_requests", tree)) == flat(json.loads(open311.as_json(tree)))


# --- Status and moments -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("new", "open"), ("qualified", "open"), ("assigned", "open"), ("unowned", "open"),
        ("planned", "open"),
        ("in_progress", "open"), ("declared_done", "open"), ("verified", "open"), ("closed", "closed"),
        ("duplicate", "closed"), ("refused", "closed"), ("referred", "closed"),
    ],
)  # fmt: skip
def test_what_is_declared_done_is_still_open(state, status):
    assert open311.status_of(state) == status
    assert state in open311.states_of([status])
    assert note_of(state)


def test_every_state_is_open_or_closed():
    states = set(REPORT.states) - {""}
    assert set(open311.states_of([])) == set(open311.states_of(["open", "closed"])) == states
    for unknown in ("", "lost"):
        with pytest.raises(KeyError):
            open311.status_of(unknown)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1994-11-05T08:15:30-05:00", datetime(1994, 11, 5, 13, 15, 30, tzinfo=UTC)),
        ("1994-11-05T13:15:30Z", datetime(1994, 11, 5, 13, 15, 30, tzinfo=UTC)),
        ("1994-11-05T13:15Z", datetime(1994, 11, 5, 13, 15, tzinfo=UTC)),
        ("1994-11-05T13:15:30.45Z", datetime(1994, 11, 5, 13, 15, 30, 450_000, tzinfo=UTC)),
        ("2025-07-14T12:00:00 02:00", NOON),
        ("1994-11-05", None),
        ("1994-11-05T13:15:30", None),
        ("1994-11-05 13:15:30Z", None),
        ("1994-13-05T13:15:30Z", None),
        ("1994-02-30T13:15:30Z", None),
        ("1994-11-05T13:15:30+25:00", None),
        ("1994-11-05T13:15:30+01:99", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("١٩٩٤-11-05T13:15:30Z", None),
        ("", None),
    ],
)
def test_a_moment_has_its_zone(written, moment):
    assert read_moment(written) == moment


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)))
def test_a_moment_that_is_written_reads_back_to_the_second(at):
    assert read_moment(write_moment(at)) == at.replace(microsecond=0)


@given(HOSTILE)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
