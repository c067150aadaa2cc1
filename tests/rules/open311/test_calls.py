"""What clients of GeoReport v2 ask and file: parameters read, every mistake told with its status."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.open311 import (
    Attribute,
    Definition,
    bad_key,
    first_status,
    read_filing,
    read_query,
)
from faubourg.rules.open311.answers import Value
from faubourg.rules.open311.filing import read_attributes
from faubourg.rules.open311.problems import wrong_jurisdiction

NOW = datetime(2025, 7, 14, 10, 0, tzinfo=UTC)


def codes(problems):
    return [problem.reason.code.removeprefix("open311-") for problem in problems]


def days(count):
    return NOW - timedelta(count)


@pytest.mark.parametrize(
    ("params", "read"),
    [
        ({}, ((), (), (), days(90), NOW)),
        ({"status": [""], "start_date": [""], "service_request_id": ["", ","]}, ((), (), (), days(90), NOW)),
        ({"status": ["open,closed"]}, ((), (), ("open", "closed"), days(90), NOW)),
        ({"status": ["open", "closed"]}, ((), (), ("open", "closed"), days(90), NOW)),
        ({"service_code": ["a, b", "b"]}, ((), ("a", "b"), (), days(90), NOW)),
        ({"service_request_id": ["3,1,3"], "status": ["nonsense"], "start_date": ["x"]},
         (("3", "1"), (), (), days(90), NOW)),
        ({"start_date": ["2025-07-04T10:00:00Z"]}, ((), (), (), days(10), NOW + timedelta(80))),
        ({"end_date": ["2025-07-04T12:00:00+02:00"]}, ((), (), (), days(100), days(10))),
        ({"start_date": ["2025-04-15T10:00:00Z"], "end_date": ["2025-07-14T10:00:00Z"]},
         ((), (), (), days(90), NOW)),
    ],
)  # fmt: skip
def test_which_requests_are_asked_for(params, read):
    query, problems = read_query(params, NOW)
    assert problems == ()
    assert (query.numbers, query.services, query.statuses, query.start, query.end) == read
    assert query.most == 1_000


@pytest.mark.parametrize(
    ("params", "wrong"),
    [
        ({"status": ["opened"]}, ["status"]),
        ({"start_date": ["2025-07-04"]}, ["date"]),
        ({"start_date": ["2025-07-04T10:00:00"]}, ["date"]),
        ({"start_date": ["x"], "end_date": ["y"]}, ["date", "date"]),
        ({"start_date": ["2025-04-15T09:59:59Z"], "end_date": ["2025-07-14T10:00:00Z"]}, ["span"]),
        ({"start_date": ["2025-07-14T10:00:00Z"], "end_date": ["2025-07-13T10:00:00Z"]}, ["order"]),
        ({"service_request_id": [",".join(map(str, range(1_001)))]}, ["many"]),
        ({"service_request_id": ["1" * 65]}, ["long"]),
        ({"service_code": ["a" * 65]}, ["long"]),
        ({"page_size": ["0"], "page": ["x"]}, ["page", "page"]),
        ({"page_size": ["1001"], "service_request_id": ["1"]}, ["page"]),
    ],
)
def test_what_is_wrong_with_a_question(params, wrong):
    _, problems = read_query(params, NOW)
    assert codes(problems) == wrong
    assert all(problem.status == 400 and problem.reason.sentence for problem in problems)


def test_a_page_of_a_size_of_ones_own():
    query, problems = read_query({"page_size": ["20"], "page": ["3"]}, NOW)
    assert (query.most, query.page, query.skipped, problems) == (20, 3, 40, ())


# --- Filing -----------------------------------------------------------------------------------------------

COLOURS = (Value("r", "rouge"), Value("b", "bleu"))
ASKING = Definition(
    "car",
    (
        Attribute("plate", "Quelle plaque ?", required=True),
        Attribute("count", "Combien ?", "number"),
        Attribute("since", "Depuis quand ?", "datetime"),
        Attribute("story", "Racontez.", "text"),
        Attribute("colour", "Quelle couleur ?", "singlevaluelist", values=COLOURS),
        Attribute("colours", "Lesquelles ?", "multivaluelist", values=COLOURS),
        Attribute("note", "À savoir.", variable=False, required=True),
    ),
)
KNOWN = {"lamp": Definition("lamp"), "car": ASKING}
LAMP = {"service_code": ["lamp"], "lat": ["46.32"], "long": ["-0.46"]}
CAR = {**LAMP, "service_code": ["car"], "attribute[plate]": ["AA"]}


def test_a_filing_is_read_as_it_was_meant():
    filing, problems = read_filing(
        {
            **CAR, "description": ["Ligne 1\r\nLigne 2\x00"], "email": [" a@exemple.fr "], "phone": [""],
            "attribute[count]": ["2"], "attribute[since]": ["2025-07-14T12:00:00+02:00"],
            "attribute[story]": ["un\ndeux"], "attribute[colour]": ["r"], "attribute[colours][]": ["r", "b"],
        },
        KNOWN,
    )  # fmt: skip
    assert problems == ()
    assert (filing.lat, filing.lon, filing.email, filing.phone) == (46.32, -0.46, "a@exemple.fr", "")
    assert filing.description == "Ligne 1\nLigne 2"
    assert filing.attributes["colours"] == ("r", "b")


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ({"lat": ["46.32"], "long": ["-0.46"]}, []),
        ({"address_string": ["5 rue"]}, []),
        ({"address_id": ["7"]}, []),
        ({"lat": [""], "long": [""], "address_string": ["5 rue"]}, []),
        ({}, ["place"]),
        ({"lat": ["46.32"]}, ["place"]),
        ({"long": ["1"], "address_string": ["5 rue"]}, ["place"]),
        ({"lat": ["91"], "long": ["0"]}, ["place"]),
        ({"lat": ["46,32"], "long": ["0"]}, ["place"]),
        ({"lat": ["nan"], "long": ["0"]}, ["place"]),
        ({"lat": ["49.2"], "long": ["-3.1e-05"]}, []),
        ({"lat": ["1e99"], "long": ["0"]}, ["place"]),
        ({"lat": ["1_0"], "long": ["0"]}, ["place"]),
    ],
)
def test_a_filing_says_where(place, wrong):
    _, problems = read_filing({"service_code": ["lamp"], **place}, KNOWN)
    assert codes(problems) == wrong


@pytest.mark.parametrize(
    ("changed", "wrong", "status"),
    [
        ({"service_code": [""]}, ["service"], 400),
        ({"service_code": ["lost"]}, ["service_code"], 404),
        ({"service_code": ["lost"], "lat": [""]}, ["place", "service_code"], 404),
        ({"description": ["a" * 4_000]}, [], None),
        ({"description": ["a" * 4_001]}, ["long"], 400),
        ({"email": ["nobody"]}, ["email"], 400),
        ({"phone": ["0" * 41]}, ["long"], 400),
        ({"media_url": ["javascript:alert(1)"]}, ["media"], 400),
        ({"media_url": ["https://exemple.fr/a.jpg"]}, [], None),
        ({"attribute[plate]": ["AA"]}, ["attribute"], 400),
    ],
)
def test_what_is_wrong_with_a_filing(changed, wrong, status):
    _, problems = read_filing({**LAMP, **changed}, KNOWN)
    assert codes(problems) == wrong
    assert status is None or first_status(problems) == status
    assert all(problem.reason.sentence for problem in problems)


@pytest.mark.parametrize(
    ("answers", "fits"),
    [
        ({}, True),
        ({"attribute[plate]": [""]}, False),
        ({"attribute[plate]": ["A\nB"]}, False),
        ({"attribute[plate]": ["A", "B"]}, False),
        ({"attribute[count]": ["2.5"]}, True),
        ({"attribute[count]": ["two"]}, False),
        ({"attribute[since]": ["2025-07-14"]}, False),
        ({"attribute[story]": ["a" * 4_001]}, False),
        ({"attribute[colour]": ["green"]}, False),
        ({"attribute[colour]": ["r", "b"]}, False),
        ({"attribute[colours]": ["r"]}, True),
        ({"attribute[colours][]": ["r", "green"]}, False),
        ({"attribute[note]": ["x"]}, False),
        ({"attribute[]": ["x"]}, True),
    ],
)
def test_each_answer_is_of_its_kind(answers, fits):
    _, problems = read_filing({**CAR, **answers}, KNOWN)
    assert codes(problems) == ([] if fits else ["attribute"])


def test_answers_are_gathered_by_code_and_empty_ones_left_out():
    assert read_attributes(
        {"attribute[a]": ["1"], "attribute[b][]": ["2", "", "3"], "attribute[b][1]": ["4"],
         "attribute[c]": [""], "attribute": ["5"], "attribute[d][x]": ["6"]}
    ) == {"a": ("1",), "b": ("2", "3", "4")}  # fmt: skip


def test_a_bad_key_comes_first_and_a_jurisdiction_may_be_left_out():
    _, problems = read_filing({"service_code": ["lost"]}, KNOWN)
    assert first_status([*problems, bad_key("")]) == first_status([bad_key("x")]) == 403
    assert wrong_jurisdiction("", "niort.fr") is None
    assert wrong_jurisdiction("niort.fr", "niort.fr") is None
    assert wrong_jurisdiction("paris.fr", "niort.fr").status == 404


NAMES = st.sampled_from(
    ["service_code", "lat", "long", "address_string", "email", "description", "media_url", "status",
     "start_date", "end_date", "service_request_id", "attribute[plate]", "attribute[colours][]",
     "attribute[", "api_key"]
)  # fmt: skip
PARAMS = st.dictionaries(NAMES | st.text(), st.lists(st.text(st.characters()), max_size=3), max_size=8)


@given(PARAMS)
def test_whatever_is_sent_is_read_or_told_wrong(params):
    query, problems = read_query(params, NOW)
    assert problems or query.end - query.start <= timedelta(90)
    filing, wrong = read_filing(params, KNOWN)
    assert all(problem.reason.sentence for problem in (*problems, *wrong))
    assert wrong or filing.service_code in KNOWN
    assert "\x00" not in filing.description + "".join(filing.attributes)
