"""A rule set typed by somebody: every mistake at its path, all at once, and no file that makes it fall."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calls import read, read_json
from faubourg.rules.calls.moments import PARIS
from faubourg.rules.calls.presets import DATA
from faubourg.rules.calls.rule_set import Sanction, Step

NPDC = DATA["npdc-2014"]
GONE = object()


def changed(path, value):
    told = deepcopy(NPDC)
    *way, last = path
    inside = told
    for step in way:
        inside = inside[step]
    if value is GONE:
        del inside[last]
    else:
        inside[last] = value
    return told


@pytest.mark.parametrize("name", DATA)
def test_what_ships_is_read_whole_and_survives_json(name):
    found = read(DATA[name])
    assert found.problems == ()
    assert read_json(json.dumps(DATA[name])) == found


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        (("id",), GONE, "id", "rules-missing"),
        (("id",), "", "id", "rules-empty"),
        (("valid_from",), "", "valid_from", "rules-empty"),
        (("windows", 0, "sanction"), "", "windows[0].sanction", "rules-empty"),
        (("name",), "  ", "name", "rules-empty"),
        (("authority",), 3, "authority", "rules-kind"),
        (("authority",), "x" * 2_000, "authority", "rules-long"),
        (("scope",), GONE, "scope", "rules-missing"),
        (("scope", "codes"), "31", "scope.codes", "rules-kind"),
        (("scope", "colour"), "31", "scope.colour", "rules-unknown"),
        (("valid_from",), "01/09/2014", "valid_from", "rules-day"),
        (("valid_to",), "2014-08-31", "valid_to", "rules-order"),
        (("floor",), 1, "floor", "rules-unknown"),
        (("status",), "old", "status", "rules-word"),
        (("source",), GONE, "source", "rules-missing"),
        (("measures",), [], "measures", "rules-empty"),
        (("measures",), GONE, "measures", "rules-missing"),
        (("measures", 1, "code"), "f1", "measures", "rules-twice"),
        (("measures", 0, "floor"), 2_000, "measures[0].floor", "rules-unknown"),
        (("measures", 0, "floor_cents"), 1999.99, "measures[0].floor_cents", "rules-kind"),
        (("measures", 0, "floor_cents"), True, "measures[0].floor_cents", "rules-kind"),
        (("measures", 0, "floor_cents"), -1, "measures[0].floor_cents", "rules-bounds"),
        (("measures", 3, "ceilings_cents", "operating"), "x", "measures[3].ceilings_cents.operating",
         "rules-kind"),
        (("measures", 3, "ceilings_cents", "gift"), 1, "measures[3].ceilings_cents.gift", "rules-nature"),
        (("measures", 3, "themes"), [], "measures[3].themes", "rules-empty"),
        (("measures", 3, "conditions"), ["sunny"], "measures[3].conditions", "rules-word"),
        (("measures", 0, "local_share", "least_bp"), 10_001, "measures[0].local_share.least_bp",
         "rules-bounds"),
        (("measures", 0, "local_share", "base"), "all", "measures[0].local_share.base", "rules-word"),
        (("measures", 0, "local_share", "payers"), [], "measures[0].local_share.payers", "rules-empty"),
        (("measures", 0, "local_share"), [], "measures[0].local_share", "rules-kind"),
        (("measures", 2), "f3", "measures[2]", "rules-kind"),
        (("windows", 1, "step"), "intent", "windows", "rules-twice"),
        (("windows", 1, "closes"), "2015-03-29T02:30:00", "windows[1].closes", "rules-clock"),
        (("windows", 1, "closes"), "2014-10-26T02:30:00", "windows[1].closes", "rules-clock"),
        (("windows", 1, "closes"), "demain", "windows[1].closes", "rules-day"),
        (("windows", 1, "opens"), "2015-02-01T00:00:00", "windows[1].closes", "rules-order"),
        (("windows", 1, "sanction"), GONE, "windows[1].sanction", "rules-missing"),
        (("exclusions", 0, "measures"), ["f9"], "exclusions[0].measures", "rules-measure"),
        (("grid", "criteria", 0, "weight_bp"), 2_001, "grid.criteria", "rules-weights"),
        (("grid", "most"), 0, "grid.most", "rules-bounds"),
        (("intent_opinion",), "maybe", "intent_opinion", "rules-word"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(path, value, where, code):
    found = read(changed(path, value))
    assert found.rule_set is None
    assert (where, code) in [(problem.operand, problem.code) for problem in found.problems]
    assert all(problem.sentence.startswith(str(problem.operand)) for problem in found.problems)


def test_every_mistake_is_told_at_once():
    told = changed(("measures", 0, "floor_cents"), "dix") | {"id": None, "colour": "red"}
    assert {problem.operand for problem in read(told).problems} == {"measures[0].floor_cents", "id", "colour"}


def test_a_window_without_an_offset_is_the_clock_of_paris():
    found = read(changed(("windows", 1, "closes"), "2015-01-23T23:59:59")).rule_set
    assert found == read(NPDC).rule_set
    assert found.window(Step.APPLICATION).closes.tzinfo is PARIS
    assert found.window(Step.APPLICATION).sanction is Sanction.BLOCK


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, b"\xff", "NaN", "3", "null", "[]", "{}"])
def test_a_file_that_is_no_rule_set_is_refused_with_a_sentence(text):
    found = read_json(text)
    assert found.rule_set is None
    assert found.problems
    assert found.problems[0].sentence


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@given(st.sampled_from(sorted(NPDC)), JSON)
def test_no_value_anywhere_makes_the_reader_fall(key, value):
    found = read(NPDC | {key: value})
    assert (found.rule_set is None) is bool(found.problems)


@given(JSON)
def test_no_file_makes_the_reader_fall(told):
    assert read(told).problems


@given(st.integers(0, 3), st.sampled_from(sorted({key for one in NPDC["measures"] for key in one})), JSON)
def test_no_measure_makes_the_reader_fall(rank, key, value):
    found = read(changed(("measures", rank, key), value))
    assert (found.rule_set is None) is bool(found.problems)
