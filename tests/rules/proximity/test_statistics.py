"""Delays, what is reopened, where it comes back, day against night: tables, then properties."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.places import Point, distance_m
from faubourg.rules.proximity.statistics import (
    Treated,
    by_partner,
    by_partner_and_theme,
    by_theme,
    day_and_night,
    nearest_rank,
    overall,
    recurrent,
)

DAY = date(2025, 3, 3)


def east(metres):
    return Point(-0.46 + metres / (111_195.08 * cos(radians(46.32))), 46.32)


def report(key, days=None, *, partner="town", theme="litter", reopened=0, night=False, at=0.0):
    done = None if days is None else DAY + timedelta(days)
    return Treated(str(key), partner, theme, DAY, done, reopened, night, east(at))


@pytest.mark.parametrize(
    ("values", "percent", "rank"),
    [
        ([], 50, None),
        ([7], 90, 7),
        ([15, 20, 35, 40, 50], 5, 15),
        ([15, 20, 35, 40, 50], 30, 20),
        ([15, 20, 35, 40, 50], 40, 20),
        ([15, 20, 35, 40, 50], 50, 35),
        ([15, 20, 35, 40, 50], 100, 50),
        (range(1, 11), 50, 5),
        (range(1, 11), 90, 9),
        (range(1, 12), 90, 10),
    ],
)
def test_the_nearest_rank(values, percent, rank):
    assert nearest_rank(list(values), percent) == rank


@pytest.mark.parametrize("percent", [0, 101])
def test_a_percentile_is_within_a_hundred(percent):
    with pytest.raises(ValueError, match="percentile"):
        nearest_rank([1], percent)


TREATED = (
    report(1, 2), report(2, 4, reopened=1), report(3, 10, night=True), report(4),
    report(5, 1, partner="landlord", theme="lift"), report(6, partner="landlord", reopened=2),
)  # fmt: skip


def test_delays_by_partner_and_theme():
    landlord, town = by_partner(TREATED)
    assert (town.count, town.done, town.waiting, town.median, town.p90) == (4, 3, 1, 4, 10)
    assert town.reopened_rate == Fraction(1, 3)
    assert (landlord.group, landlord.median, landlord.reopened_rate) == (("landlord",), 1, Fraction(1, 2))
    assert [line.group for line in by_theme(TREATED)] == [("lift",), ("litter",)]
    assert [line.group for line in by_partner_and_theme(TREATED)] == [
        ("landlord", "lift"), ("landlord", "litter"), ("town", "litter"),
    ]  # fmt: skip


def test_day_against_night_always_has_two_lines():
    day, night = day_and_night(TREATED)
    assert (day.count, night.count, night.median) == (5, 1, 10)
    assert [line.count for line in day_and_night(())] == [0, 0]
    assert (overall(()).median, overall(()).reopened_rate) == (None, None)


@pytest.mark.parametrize(
    ("places", "keys"),
    [
        ([0, 10, 20], [("0", "1", "2")]),
        ([0, 10], []),
        ([0, 10, 200], []),
        ([0, 20, 40, 60], [("0", "1", "2")]),
        ([0, 10, 20, 500, 510, 520, 530], [("3", "4", "5", "6"), ("0", "1", "2")]),
        ([0, 30, 60, 62], [("0", "1", "2")]),
    ],
)
def test_where_reports_come_back(places, keys):
    found = recurrent([report(rank, at=place) for rank, place in enumerate(places)], 31)
    assert [spot.keys for spot in found] == keys


def test_two_themes_are_two_places_and_the_days_are_told():
    reports = [replace(report(rank), received_on=DAY + timedelta(rank)) for rank in range(6)]
    reports[0] = replace(reports[0], theme="lift")
    (spot,) = recurrent(reports, 20)
    assert (len(spot.keys), spot.first, spot.last) == (5, DAY + timedelta(1), DAY + timedelta(5))


METRES = st.lists(st.integers(-300, 300), max_size=40)


@given(METRES, st.integers(5, 80), st.integers(1, 5), st.randoms())
def test_a_report_is_counted_once_within_the_radius_whatever_the_order(metres, radius, least, chance):
    reports = [report(rank, at=place) for rank, place in enumerate(metres)]
    found = recurrent(reports, radius, least=least)
    kept = [key for spot in found for key in spot.keys]
    assert len(kept) == len(set(kept))
    at = {one.key: one.at for one in reports}
    assert all(distance_m(at[key], spot.centre) <= radius for spot in found for key in spot.keys)
    assert all(len(spot.keys) >= least for spot in found)
    left = [one for one in reports if one.key not in kept]
    assert all(sum(distance_m(a.at, b.at) <= radius for b in left) < least for a in left)
    chance.shuffle(reports)
    assert recurrent(reports, radius, least=least) == found


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(1, 100))
def test_that_share_is_not_above_the_percentile(values, percent):
    found = nearest_rank(values, percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)
