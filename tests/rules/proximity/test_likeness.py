"""Duplicates nearby and notes that look alike: distances against the haversine, scores, suggestions."""

from dataclasses import replace
from datetime import date, timedelta
from math import asin, cos, nan, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.categories import FAMILIES, PRESETS
from faubourg.rules.proximity.likeness import (
    MOST_SHOWN,
    Known,
    Note,
    Reach,
    Spot,
    merges,
    nearby,
    widened,
)
from faubourg.rules.proximity.places import EARTH_M, Point, box_around, distance_m, rounded

NIORT = Point(-0.46, 46.32)
DAY = date(2025, 3, 3)
SPOT = Spot("lighting", NIORT, 5.0, DAY)
REACH = Reach(30, 60)
LON, LAT = st.floats(-5, 9), st.floats(41, 51)
STEPS = st.floats(-0.05, 0.05)


def east(metres, of=NIORT):
    return Point(of.lon + metres / (111_195.08 * cos(radians(of.lat))), of.lat)


def haversine(one, other):
    high, wide = radians(other.lat - one.lat), radians(other.lon - one.lon)
    part = sin(high / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(wide / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(part))


@given(LON, LAT, STEPS, STEPS)
def test_a_distance_is_that_of_the_sphere_to_one_in_a_thousand(lon, lat, wide, high):
    one, other = Point(lon, lat), Point(lon + wide, lat + high)
    assert distance_m(one, other) == pytest.approx(haversine(one, other), rel=1e-3, abs=0.01)
    assert distance_m(one, other) == distance_m(other, one)
    assert distance_m(one, one) == 0


def test_both_sides_of_the_180th_meridian_are_neighbours():
    assert distance_m(Point(179.9999, 0), Point(-179.9999, 0)) < 30
    assert rounded(0.2) == 1


@given(LON, LAT, STEPS, STEPS, st.floats(1, 5_000))
def test_whoever_is_near_is_in_the_box(lon, lat, wide, high, metres):
    centre, other = Point(lon, lat), Point(lon + wide, lat + high)
    box = box_around(centre, metres)
    if distance_m(centre, other) < metres * 0.999:
        assert box.west <= other.lon <= box.east
        assert box.south <= other.lat <= box.north


@pytest.mark.parametrize(
    ("changed", "score"),
    [
        ({}, 100),
        ({"at": east(20)}, 70),
        ({"at": east(38)}, 43),
        ({"at": east(41)}, None),
        ({"on": DAY - timedelta(30)}, 93),
        ({"on": DAY - timedelta(60)}, 85),
        ({"on": DAY - timedelta(61)}, None),
        ({"category": "roads"}, None),
        ({"category": "lamp-post"}, 87),
        ({"at": east(59), "accuracy_m": 500.0}, 41),
        ({"at": east(61), "accuracy_m": 500.0}, None),
        ({"at": east(34), "accuracy_m": nan}, 42),
        ({"at": Point(nan, 46.32)}, None),
    ],
)
def test_how_alike_two_reports_are(changed, score):
    families = {"lighting": "light", "lamp-post": "light", "roads": "roads"}
    found = nearby(SPOT, [Known("1", replace(SPOT, **changed))], REACH, families)
    assert [near.score for near in found] == ([] if score is None else [score])
    for near in found:
        assert sum(reason.params["points"] for reason in near.reasons) == near.score
        assert all(reason.sentence for reason in near.reasons)


@given(st.lists(st.tuples(st.floats(-80, 80), st.integers(0, 90)), max_size=12), st.randoms())
def test_the_likeliest_come_first_whatever_the_order_and_a_few_are_enough(others, chance):
    known = [
        Known(str(rank), Spot("lighting", east(metres), 5.0, DAY - timedelta(days)))
        for rank, (metres, days) in enumerate(others)
    ]
    found = nearby(SPOT, known, REACH)
    assert len(found) <= MOST_SHOWN
    assert [near.score for near in found] == sorted((near.score for near in found), reverse=True)
    assert all(0 <= near.score <= 100 and near.days <= REACH.age_days for near in found)
    chance.shuffle(known)
    assert nearby(SPOT, known, REACH) == found


def test_what_a_town_starts_with_has_one_name_and_one_code_each_and_refers_degraded_housing():
    assert (
        len({preset.code for preset in PRESETS}) == len({preset.name for preset in PRESETS}) == len(PRESETS)
    )
    assert set(FAMILIES) == {preset.code for preset in PRESETS}
    assert [preset.code for preset in PRESETS if preset.routed.desk] == ["degraded_housing"]
    assert all(preset.delay.working_days > 0 and preset.reach.radius_m > 0 for preset in PRESETS)


# --- Several note-takers ----------------------------------------------------------------------------------

NOTE = Note("1", "anna", "lighting", "dysfunction", NIORT, 5.0)


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ([{"taker": "bilal"}], [("1", "2")]),
        ([{"taker": "bilal", "at": east(34)}], [("1", "2")]),
        ([{"taker": "bilal", "at": east(36)}], []),
        ([{"taker": "bilal", "theme": "roads"}], []),
        ([{"taker": "bilal", "sense": "asset"}], []),
        ([{}], [("1", "2")]),
        ([{"at": east(30)}, {"at": east(60)}], [("1", "2")]),
        ([{"at": east(200)}, {"at": east(205)}, {}], [("1", "4"), ("2", "3")]),
    ],
)
def test_notes_that_look_like_one_are_suggested(changes, keys):
    notes = [NOTE, *(replace(NOTE, key=str(rank), **one) for rank, one in enumerate(changes, start=2))]
    found = merges(notes)
    assert [merge.keys for merge in found] == keys
    assert all(reason.sentence for merge in found for reason in merge.reasons)


@given(st.lists(st.tuples(st.floats(-60, 60), st.sampled_from("ab"), st.sampled_from("xy")), max_size=10))
def test_a_note_stands_in_one_suggestion_and_nothing_is_merged_across_themes(told):
    notes = [
        Note(str(rank), taker, theme, "asset", east(metres), 5.0)
        for rank, (metres, taker, theme) in enumerate(told)
    ]
    kept = [key for merge in merges(notes) for key in merge.keys]
    assert len(kept) == len(set(kept))
    by_key = {note.key: note for note in notes}
    for merge in merges(notes):
        assert len({by_key[key].theme for key in merge.keys}) == 1
        assert merge.metres <= widened(25, 5, 5) + 1
