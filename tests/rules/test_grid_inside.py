"""People inside an outline, what the grid knows of it, candidates that grow as the threshold comes down."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.rules.grid import candidates_of, checked_cells
from faubourg.rules.grid.inside import extent_of, inside
from faubourg.rules.grid.merging import levels_of, steps_around

SIDE, STEP = 24, 200.0


def town(hollow=False, people=100.0):
    """Two poor places of 6 × 6 cells linked by a street of middling cells."""
    row, column = (axis.ravel() for axis in np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"))
    poor = np.full(len(row), 0.10)
    poor[(row >= 4) & (row < 10) & (column >= 9) & (column < 16)] = 0.30
    poor[(row >= 4) & (row < 10) & (column >= 3) & (column < 9)] = 0.50
    poor[(row >= 4) & (row < 10) & (column >= 16) & (column < 22)] = 0.44
    stays = np.ones(len(row), dtype=bool)
    if hollow:
        stays = ~((row >= 14) & (row < 18) & (column >= 10) & (column < 14))
    x, y = column * STEP, row * STEP
    cells, _ = checked_cells(x[stays], y[stays], np.full(stays.sum(), people), poverty=poor[stays])
    return cells


def box(west, south, east, north):
    return shapely.box(west * STEP, south * STEP, east * STEP, north * STEP)


@pytest.mark.parametrize(
    ("outline", "people", "known"),
    [
        (box(-0.5, -0.5, 0.5, 0.5), 100, 1),
        (box(-0.5, -0.5, 9.5, 9.5), 10_000, 1),
        (box(0.5, 0.5, 1, 1.5), 50, 1),
        (box(-10.5, -0.5, 9.5, 9.5), 10_000, 0.5),
        (box(100, 100, 110, 110), 0, 0),
        (shapely.union_all([box(-0.5, -0.5, 0.5, 0.5), box(4.5, 4.5, 5.5, 5.5)]), 200, 1),
    ],
)
def test_people_inside_and_how_much_is_known(outline, people, known):
    cells = town()
    found = inside(cells, extent_of(cells), outline)
    assert found.people == pytest.approx(people)
    assert found.known == pytest.approx(known)


def test_an_empty_hollow_in_town_is_known_to_be_empty():
    cells = town(hollow=True)
    found = inside(cells, extent_of(cells), box(10.5, 14.5, 12.5, 16.5))
    assert (found.people, found.known) == (0, 1)
    assert np.isnan(found.poverty)


edge = st.floats(-3, 27)


@settings(max_examples=60)
@given(st.tuples(edge, edge, edge, edge), st.floats(-2, 26))
def test_what_is_cut_in_two_keeps_its_people(corners, at):
    cells, (a, b, c, d) = town(), corners
    outline = box(min(a, c), min(b, d), max(a, c) + 0.5, max(b, d) + 0.5)
    extent = extent_of(cells)
    halves = [shapely.intersection(outline, box(*half)) for half in ((-50, -50, at, 50), (at, -50, 80, 50))]
    parts = [inside(cells, extent, half).people for half in halves if half.area > 0]
    assert sum(parts) == pytest.approx(inside(cells, extent, outline).people, abs=1e-3)


def test_candidates_grow_and_merge_as_the_threshold_comes_down():
    levels = list(levels_of(candidates_of(town(people=2_000.0)), [0.2, 0.25, 0.4, 0.47]))
    assert [level.threshold for level in levels] == [0.47, 0.4, 0.25, 0.2]
    assert [len(level.candidates) for level in levels] == [1, 2, 1, 1]
    poorest = levels[0].candidates[0].key
    second = ({one.key for one in levels[1].candidates} - {poorest}).pop()
    assert levels[2].candidates[0].key == poorest
    assert levels[2].candidates[0].absorbed == (second,)
    assert levels[3].candidates[0].absorbed == ()
    people = [level.people for level in levels]
    assert people == sorted(people)
    assert all(one.outline.is_valid for level in levels for one in level.candidates)


def test_each_level_is_what_the_proposal_finds_at_that_cut():
    for cut in (0.25, 0.4):
        proposal = candidates_of(town(), cut=cut)
        (level,) = levels_of(proposal, [cut])
        assert sorted(round(c.people) for c in level.candidates) == sorted(
            round(c.people) for c in proposal.candidates
        )


def test_the_steps_start_lower_than_the_town_and_stop_before_everybody():
    steps = steps_around(0.28, 0.17)
    assert steps[0] == pytest.approx(0.12)
    assert steps[-1] == pytest.approx(0.95)
    assert steps_around(0.9, 0.8)[0] == pytest.approx(0.56)
