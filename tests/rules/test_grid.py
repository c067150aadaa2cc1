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
    places_at,
    sweep_of,
    swept,
)
from faubourg.rules.grid.components import CORNERS, SIDES
from faubourg.rules.grid.outlines import batches_of, outlines, outlines_of
from faubourg.rules.grid.preset import cut_for
from faubourg.rules.grid.smoothing import Smoothing, poverty_equivalent, refined, smoothed
from faubourg.rules.grid.sweep import highest_first
from faubourg.rules.grid.windows import placed_by_window
from tests.examples import at_most

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


def uneven(seed: int, steps: int, shape: tuple[int, int] = (14, 17)) -> tuple[np.ndarray, ...]:
    """Row, column, value, people. Few steps make many equal values."""
    chance = np.random.default_rng(seed)
    row, column = np.nonzero(chance.random(shape) < 0.8)
    value = chance.integers(0, steps, len(row)) / steps
    return row, column, value, chance.integers(1, 900, len(row)).astype(float)


def told_apart(row, column, value, threshold, corners: bool) -> tuple[np.ndarray, int]:
    """The labels of one threshold, the naive way."""
    raster = np.full((row.max() + 1, column.max() + 1), -np.inf)
    raster[row, column] = value
    labels, count = ndimage.label(raster >= threshold, CORNERS if corners else SIDES)
    return labels[row, column], count


def assert_same_parts(one: np.ndarray, other: np.ndarray, count: int) -> None:
    """Under other numbers: as many pairs as parts, and nothing outside them."""
    assert len(set(zip(one.tolist(), other.tolist(), strict=True)) - {(0, 0)}) == count
    assert np.array_equal(one > 0, other > 0)


@given(seed=seeds, corners=st.booleans(), steps=st.sampled_from([2, 9, 10_000]))
def test_the_sweep_finds_at_each_threshold_what_relabelling_finds(seed, corners, steps):
    """Equal values must not tell components apart."""
    row, column, value, people = uneven(seed, steps)
    sweep = swept(row, column, value, people, corners=corners)
    for threshold in [*np.unique(value)[:12], value.max() + 1]:
        expected, count = told_apart(row, column, value, threshold, corners)
        labels, found = sweep.labels_at(threshold)
        assert found == count == sweep.counts_at(np.array([threshold]))[0]
        assert_same_parts(labels, expected, count)
        assert sweep.people_at(np.array([threshold]))[0] == people[value >= threshold].sum()


@given(
    seed=seeds,
    corners=st.booleans(),
    steps=st.sampled_from([2, 9, 10_000]),
    least=st.sampled_from([1, 1_000, 5_000]),
)
def test_at_each_threshold_the_places_large_enough_are_those_of_relabelling(seed, corners, steps, least):
    row, column, value, people = uneven(seed, steps)
    sweep = swept(row, column, value, people, corners=corners)
    thresholds = np.array([value.max() + 1, *np.unique(value)[::-1], -1.0])
    counts, totals = sweep.large_at(thresholds, least)
    for threshold, number, total in zip(thresholds, counts, totals, strict=True):
        expected, _ = told_apart(row, column, value, threshold, corners)
        held = np.bincount(expected, weights=people)[1:]
        assert (number, total) == ((held >= least).sum(), held[held >= least].sum())
    labels, found = sweep.labels_at(thresholds[len(thresholds) // 2], least)
    expected, _ = told_apart(row, column, value, thresholds[len(thresholds) // 2], corners)
    stays = (np.bincount(expected, weights=people) >= least)[expected] & (expected > 0)
    assert_same_parts(labels, np.where(stays, expected, 0), found)


@pytest.mark.parametrize("corners", [False, True])
@pytest.mark.parametrize("falling", [False, True])
def test_a_ridge_of_ever_higher_summits_is_swept(corners, falling):
    """The worst case of rounds that absorb together: each summit leads to the next one."""
    value = np.arange(600, dtype=float)
    value[1::2] = -np.arange(300) if falling else np.arange(300) - 1_000
    row, column = np.zeros(600, dtype=np.int64), np.arange(600)
    sweep = swept(row, column, value, np.full(600, 10.0), corners=corners)
    thresholds = np.unique(value)
    counts, totals = sweep.large_at(thresholds, 100.0)
    for threshold, number, total in zip(thresholds, counts, totals, strict=True):
        labels, count = told_apart(row, column, value, threshold, corners)
        held = 10.0 * np.bincount(labels, minlength=count + 1)[1:]
        assert (number, total) == ((held >= 100).sum(), held[held >= 100].sum())
        assert sweep.counts_at(np.array([threshold]))[0] == count


def test_the_highest_first_is_a_stable_sort_to_the_last_bit():
    chance = np.random.default_rng(5)
    close = 0.25 + chance.integers(0, 4, 5_000) * np.spacing(0.25)
    for value in (close, -close, chance.standard_normal(5_000), np.array([0.0, -0.0, 0.0, -1.0, np.inf])):
        assert np.array_equal(highest_first(value), np.argsort(-value, kind="stable"))


@given(seed=seeds)
def test_each_basin_ends_once_in_an_elder(seed):
    cells = town(seed)
    sweep = swept(cells.row, cells.column, cells.poverty, cells.people)
    ends = sweep.met < len(cells.people)
    assert (sweep.into[ends] < np.flatnonzero(ends)).all()
    assert (sweep.met[ends] > sweep.born[ends]).all()
    assert (np.diff(sweep.born) > 0).all()


@at_most(25)
@given(seed=seeds, threshold=st.floats(0.1, 0.4))
def test_a_slider_shows_the_candidates_of_its_threshold(seed, threshold):
    proposal = candidates_of(town(seed), cut=threshold)
    sweep = sweep_of(proposal.pieces, proposal.values)
    places = places_at(sweep, proposal.pieces, threshold)
    counts, people = sweep.large_at(np.array([threshold]), 1_000.0)
    assert counts[0] == len(places) == len(proposal.candidates)
    assert people[0] == pytest.approx(sum(place.people for place in places))
    theirs = sorted(candidate.outline.normalize().wkb for candidate in proposal.candidates)
    assert sorted(place.outline.normalize().wkb for place in places) == theirs


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


@at_most(30)
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


@at_most(25)
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


@at_most(40)
@given(seed=seeds, side=st.sampled_from([4, 13, 40]), times=st.sampled_from([1, 2]), cut=st.floats(0.1, 0.5))
def test_windows_change_no_bit_and_no_label(seed, side, times, cut):
    """The values of the smoothed whole, and the labels that one raster gets, number by number."""
    cells = town(seed, side=40)
    how = Smoothing(times, 0.15, HEXAGON)
    shares = poverty_equivalent(cells, 1 / 3)
    pieces, source = refined(cells, times)
    whole = smoothed(pieces, shares[source], how)
    expected, found = components_at(pieces.row, pieces.column, whole >= cut)
    values, labels, count = placed_by_window(pieces, cells, shares, how=how, cut=cut, side=side)
    assert np.array_equal(values, whole)
    assert count == found
    assert np.array_equal(labels, expected)


@at_most(40)
@given(seed=seeds)
def test_outlines_by_batches_are_those_of_one_batch(seed):
    row, column, value, _ = uneven(seed, 9)
    labels, count = components_at(row, column, value > 0.4)
    batches = list(batches_of(row, column, labels, count, METRES, most=3))
    alone = outlines(row, column, labels, count, METRES)
    assert [one for some in batches for one in outlines_of(some)] == alone
    assert sum(len(batch.sizes) for batch in batches) == count


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
