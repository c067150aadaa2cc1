"""Grids of a walk: what makes an observation complete, a grid publishable, and when it is frozen."""

import json
from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.grids import (
    PRINCIPLES,
    Grid,
    Kind,
    Observation,
    Sense,
    Strand,
    Theme,
    judge_grid,
    judge_observation,
    may_change,
    next_version,
    read,
    write,
)
from faubourg.rules.proximity.preset_grids import EXPLORATORY, GENERAL, GRIDS

WHOLE = Observation("lighting", Sense.DYSFUNCTION, 3, -0.46, 46.32, 12.0, "Deux lampes éteintes")


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, []),
        ({"note": "", "photos": 1}, []),
        ({"sense": Sense.ASSET, "severity": None}, []),
        ({"sense": Sense.ASSET}, ["observation-severity"]),
        ({"theme": "unknown"}, ["observation-theme"]),
        ({"sense": None}, ["observation-sense"]),
        ({"severity": None}, ["observation-severity"]),
        ({"severity": 0}, ["observation-severity"]),
        ({"severity": 5}, ["observation-severity"]),
        ({"lon": None}, ["observation-place"]),
        ({"lat": nan}, ["observation-place"]),
        ({"lat": 91.0}, ["observation-place"]),
        ({"accuracy_m": None}, ["observation-accuracy"]),
        ({"accuracy_m": 101.0}, ["observation-accuracy"]),
        ({"accuracy_m": 0.0}, ["observation-accuracy"]),
        ({"accuracy_m": inf}, ["observation-accuracy"]),
        ({"note": "  "}, ["observation-shown"]),
    ],
)
def test_what_an_observation_lacks(changed, missing):
    verdict = judge_observation(GENERAL, replace(WHOLE, **changed))
    assert [reason.code for reason in verdict.refusals()] == missing
    assert all(reason.sentence for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("principle", "missing"),
    [("seeing", []), ("", ["observation-principle"]), ("x", ["observation-principle"])],
)
def test_an_exploratory_walk_names_one_of_six_principles(principle, missing):
    verdict = judge_observation(EXPLORATORY, replace(WHOLE, principle=principle))
    assert [reason.code for reason in verdict.refusals()] == missing
    assert len(PRINCIPLES) == 6


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.code)
def test_what_a_town_starts_with_is_publishable_and_reads_back(grid):
    assert judge_grid(grid).ok
    told = read(json.loads(json.dumps(write(grid))))
    assert (told.grid, told.problems) == (grid, ())


THEME = Theme("a", Strand.TECHNICAL, "A", "")
OTHER = Theme("b", Strand.SOCIAL, "B", "")


@pytest.mark.parametrize(
    ("grid", "codes"),
    [
        (Grid("g", 1, Kind.GENERAL, (THEME, OTHER)), []),
        (Grid("g", 1, Kind.GENERAL, ()), ["grid-themes", "grid-strands"]),
        (Grid("g", 1, Kind.GENERAL, (THEME,)), ["grid-strands"]),
        (Grid("g", 1, Kind.NIGHT, (THEME, THEME, OTHER)), ["grid-twice"]),
        (Grid("g", 0, Kind.NIGHT, (THEME, OTHER)), ["grid-version"]),
        (Grid("g", 1, Kind.EXPLORATORY, (THEME, OTHER)), ["grid-principles"]),
        (Grid("g", 1, Kind.EXPLORATORY, (THEME, OTHER), PRINCIPLES[:5]), ["grid-principles"]),
        (Grid("g", 1, Kind.GENERAL, (THEME, OTHER), PRINCIPLES), ["grid-principles"]),
    ],
)
def test_what_a_grid_has_to_hold(grid, codes):
    assert [reason.code for reason in judge_grid(grid).refusals()] == codes


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], "."),
        ({}, "code"),
        ({**write(GENERAL), "version": "1"}, "version"),
        ({**write(GENERAL), "kind": "tour"}, "kind"),
        ({**write(GENERAL), "colour": "red"}, "colour"),
        ({**write(GENERAL), "themes": [{"code": "a", "strand": "odd", "name": "A"}]}, "themes[0].strand"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_path(data, path):
    assert path in [reason.operand for reason in read(data).problems]


def test_a_grid_that_was_used_is_frozen_and_its_next_version_is_free():
    assert may_change(observations=0).ok
    assert "3 observation" in may_change(observations=3).refusals()[0].sentence
    assert next_version(GENERAL).version == 2
    assert next_version(GENERAL).themes == GENERAL.themes


@given(
    st.builds(
        Observation,
        st.sampled_from(["", "lighting", "?"]),
        st.none() | st.sampled_from(Sense),
        st.none() | st.integers(),
        *[st.none() | st.floats()] * 3,
        st.text(),
        st.integers(0, 9),
        st.text(),
    )
)
def test_whatever_is_noted_is_judged_with_sentences(seen):
    verdict = judge_observation(GENERAL, seen)
    assert verdict.ok in (True, False)
    assert all(reason.sentence for reason in verdict.refusals())
