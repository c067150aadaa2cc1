"""Properties of the grid rules: people conserved, components disjoint, the sweep equal to relabelling."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from faubourg.rules.grid import (
    HEXAGON,
    OVERSEAS,
    Cells,
    Lattice,
    candidates_of,
    compared,
    components_at,
    fitted_lattice,
    swept,
)
from faubourg.rules.grid.components import CORNERS, SIDES
from faubourg.rules.grid.outlines import outlines
from faubourg.rules.grid.preset import cut_for
from faubourg.rules.grid.smoothing import Smoothing, poverty_equivalent, refined
from faubourg.rules.grid.windows import smoothed_by_window, window_cells

METRES = Lattice((0.0, 0.0), (200.0, 0.0), (0.0, 200.0))
seeds = st.integers(0, 2**32 - 1)


def town(seed: int, side: int = 30, filled: float = 0.7) -> Cells:
    """A synthetic town: one dense heart, some poor places, cells missing here and there."""
    chance = np.random.default_rng(seed)
    row, column = np.nonzero(chance.random((side, side)) < filled)
    far = np.hypot(row - side / 2, column - side / 2) / side
    people = np.rint(600 * np.exp(-4 * far) * chance.uniform(0.5, 1.5, len(row))) + 1
    base = ndimage.gaussian_filter(chance.standard_normal((side, side)), 2)[row, column] * 5
    poverty = 1 / (1 + np.exp(1.8 - 1.2 * base - 0.3 * chance.standard_normal(len(row))))
    income = 30_000 * np.exp(-1.2 * poverty)
    return Cells(METRES, row, column, people, poverty, income, (people < 40).astype(float))


@given(seed=seeds, corners=st.booleans(), steps=st.sampled_from([2, 9, 10_000]))
def test_the_sweep_finds_at_each_threshold_what_relabelling_finds(seed, corners, steps):
    """Few steps make many equal values, which must not tell components apart."""
    chance = np.random.default_rng(seed)
    row, column = np.nonzero(chance.random((14, 17)) < 0.8)
    value = chance.integers(0, steps, len(row)) / steps
    people = chance.integers(1, 900, len(row)).astype(float)
    sweep = swept(row, column, value, people, corners=corners)
    raster = np.full((14, 17), -1.0)
    raster[row, column] = value
    for threshold in [*np.unique(value)[:12], value.max() + 1]:
        expected, count = ndimage.label(raster >= threshold, CORNERS if corners else SIDES)
        labels, found = sweep.labels_at(threshold)
        assert found == count == sweep.counts_at(np.array([threshold]))[0]
        # The same parts under other numbers: as many pairs as parts.
        both = set(zip(labels.tolist(), expected[row, column].tolist(), strict=True)) - {(0, 0)}
        assert len(both) == count
        assert sweep.people_at(np.array([threshold]))[0] == people[value >= threshold].sum()


@given(seed=seeds)
def test_each_merge_absorbs_the_younger_place_once(seed):
    cells = town(seed)
    sweep = swept(cells.row, cells.column, cells.poverty, cells.people)
    assert len(np.unique(sweep.absorbed)) == len(sweep.absorbed)
    assert (np.diff(sweep.merge_at) <= 0).all()
    assert (sweep.birth[sweep.absorbed] <= sweep.birth[sweep.into]).all()


@given(seed=seeds, times=st.integers(1, 5))
def test_cutting_cells_finer_conserves_people(seed, times):
    cells = town(seed)
    pieces, source = refined(cells, times)
    assert np.allclose(np.bincount(source, weights=pieces.people), cells.people)
    assert np.isclose(pieces.lattice.cell_area * times**2, cells.lattice.cell_area)
    middle = np.array([pieces.row, pieces.column]).reshape(2, -1, times**2).mean(axis=2).T[:, ::-1]
    assert np.allclose(
        pieces.lattice.to_world(middle),
        cells.lattice.to_world(np.column_stack([cells.column, cells.row]).astype(float)),
    )


@given(seed=seeds)
def test_candidates_are_disjoint_valid_and_hold_the_people_they_tell(seed):
    proposal = candidates_of(town(seed))
    pieces = proposal.pieces
    centres = pieces.lattice.to_world(np.column_stack([pieces.column, pieces.row]).astype(float))
    inside = np.zeros(len(centres))
    for candidate in proposal.candidates:
        assert candidate.outline.is_valid
        assert candidate.outline.geom_type == "Polygon"
        assert candidate.people >= HEXAGON.people
        held = shapely.contains_xy(candidate.outline, centres[:, 0], centres[:, 1])
        assert np.array_equal(held, proposal.labels == candidate.rank), "the outline moved people"
        assert np.isclose(pieces.people[held].sum(), candidate.people)
        inside += held
    assert inside.max(initial=0) <= 1


@given(seed=seeds, low=st.floats(0.1, 0.4), step=st.floats(0.0, 0.2))
def test_a_higher_threshold_never_adds_a_place(seed, low, step):
    cells = town(seed)
    wide, narrow = candidates_of(cells, cut=low), candidates_of(cells, cut=low + step)
    assert not ((narrow.labels > 0) & (wide.labels == 0)).any()


@given(seed=seeds, factor=st.floats(0.2, 5.0))
def test_the_unit_of_income_changes_nothing(seed, factor):
    cells = town(seed)
    other = Cells(
        METRES, cells.row, cells.column, cells.people, cells.poverty, cells.income * factor, cells.imputed
    )
    assert np.allclose(poverty_equivalent(cells, 1 / 3), poverty_equivalent(other, 1 / 3))


@given(seed=seeds)
def test_windows_change_no_bit(seed):
    cells = town(seed, side=40)
    how = Smoothing(2, 0.15, HEXAGON)
    shares = poverty_equivalent(cells, 1 / 3)
    whole = smoothed_by_window(cells, shares, how)
    values = np.empty((len(cells.people), 4))
    from faubourg.rules.grid.windows import Window, _part, window_values

    for own, seen in window_cells(cells, how.reach, side=13):
        values[own] = window_values(Window(_part(cells, seen), shares[seen], len(own), how))
    assert np.array_equal(values.ravel(), whole)


@pytest.mark.parametrize("degrees", [0, 5.4, 30, 44.9])
@pytest.mark.parametrize("size", [50.0, 200.0, 1_000.0])
def test_a_turned_lattice_is_found(degrees, size):
    cells = town(7)
    angle = np.radians(degrees)
    world = Lattice(
        (650_000.0, 7_000_000.0),
        (size * np.cos(angle), size * np.sin(angle)),
        (-size * np.sin(angle), size * np.cos(angle)),
    )
    centres = world.to_world(np.column_stack([cells.column, cells.row]).astype(float))
    lattice, row, column = fitted_lattice(centres[:, 0], centres[:, 1])
    assert np.isclose(lattice.size, size)
    again = lattice.to_world(np.column_stack([column, row]).astype(float))
    assert np.allclose(again, centres, atol=size / 1_000)


def test_overseas_also_asks_for_density():
    """2,000 inhabitants per km²: 80 in a cell of 200 m; cells of 60 hold people enough, not density."""
    row, column = (a.ravel() for a in np.meshgrid(np.arange(20), np.arange(20), indexing="ij"))
    poor = (row > 4) & (row < 15) & (column > 4) & (column < 15)
    poverty, none = np.where(poor, 0.6, 0.05), np.full(400, np.nan)

    def found(people: float, preset) -> int:
        cells = Cells(METRES, row, column, np.full(400, people), poverty, none, np.zeros(400))
        return len(candidates_of(cells, preset=preset).candidates)

    assert (found(60, HEXAGON), found(60, OVERSEAS), found(90, OVERSEAS)) == (1, 0, 1)


def test_a_poorer_town_asks_for_poorer_places():
    cuts = [cut_for(share) for share in (0.08, 0.12, 0.145, 0.2, 0.3)]
    assert cuts == sorted(cuts)
    assert cut_for(0.145) == pytest.approx(HEXAGON.national_cut, abs=1e-6)


def test_comparing_with_itself_is_perfect_and_with_nothing_is_nothing():
    cells = town(3)
    proposal = candidates_of(cells, cut=0.15)
    labels, count = components_at(proposal.pieces.row, proposal.pieces.column, proposal.labels > 0)
    pieces = proposal.pieces
    chosen = (labels > 0).astype(float)
    steps = [
        shapely.box(c * 50 - 100, r * 50 - 100, c * 50 - 50, r * 50 - 50)
        for r, c in zip(pieces.row[labels > 0], pieces.column[labels > 0], strict=True)
    ]
    same = compared(pieces, chosen, [shapely.union_all(steps)])
    assert (same.population_iou, same.recall, same.precision, same.found) == pytest.approx((1, 1, 1, 1))
    nothing = compared(pieces, chosen, [])
    assert nothing.precision == 0
    assert np.isnan(nothing.recall)
    assert count >= 1


def test_a_hole_stays_a_hole():
    row, column = (a.ravel() for a in np.meshgrid(np.arange(3), np.arange(3), indexing="ij"))
    ring = ~((row == 1) & (column == 1))
    labels = ring.astype(np.int64)
    (outline,) = outlines(row, column, labels, 1, METRES)
    assert len(outline.interiors) == 1
