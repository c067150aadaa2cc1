"""The income grid of a whole country, on one core: `python benchmarks/national_grid.py [--cells 2300000]`.

Seeded and synthetic: 2.3 million inhabited cells of 200 m, gathered in towns. Prints, in one run, our time
and that of the naive way beside it, and checks that both find the same.
"""

import argparse
import resource
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from tqdm import tqdm

from faubourg.rules.grid import Cells, Lattice, candidates_of, components_at, swept
from faubourg.rules.grid.components import CORNERS
from faubourg.rules.grid.outlines import squares, stepped_outlines
from faubourg.rules.grid.preset import HEXAGON
from faubourg.rules.grid.smoothing import Smoothing, poverty_equivalent, town_poverty
from faubourg.rules.grid.windows import smoothed_by_window

Floats = npt.NDArray[np.float64]
SEED = 20260101
LEVELS = 101


def national_grid(inhabited: int, seed: int = SEED) -> Cells:
    """Towns of all sizes: dense centres, sparse countryside, poor places gathered inside towns."""
    chance = np.random.default_rng(seed)
    side = int(np.sqrt(inhabited * 10))
    towns = np.zeros((side, side), dtype=np.float32)
    where = chance.integers(0, side, (max(8, inhabited // 800), 2))
    towns[where[:, 0], where[:, 1]] = chance.pareto(1.1, len(where)) + 1
    density = sum(ndimage.gaussian_filter(towns, spread) * spread**2 for spread in (2.0, 6.0, 15.0))
    field = density * np.exp(0.7 * chance.standard_normal((side, side), dtype=np.float32))
    cut = np.partition(field.ravel(), -inhabited)[-inhabited]
    row, column = np.nonzero(field >= cut)
    row, column = row[:inhabited], column[:inhabited]
    people = np.clip(np.rint(28 * field[row, column] / np.mean(field[row, column])), 1, 3_000).astype(float)
    blur = [
        ndimage.gaussian_filter(chance.standard_normal((side, side), dtype=np.float32), s) * s
        for s in (2.0, 9.0)
    ]
    leaning = -2.1 + 1.6 * blur[0][row, column] + 1.1 * blur[1][row, column]
    poverty = 1 / (1 + np.exp(-(leaning + 0.5 * chance.standard_normal(len(row)))))
    lattice = Lattice((3_200_000.0, 2_000_000.0), (200.0, 0.0), (0.0, 200.0))
    unknown = np.full(len(row), np.nan)
    return Cells(
        lattice, row - row.min(), column - column.min(), people, poverty, unknown, np.zeros(len(row))
    )


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the seconds it took."""
    start = time.perf_counter()
    found = act()
    return found, time.perf_counter() - start


def relabelled(cells: Cells, values: Floats, levels: Floats) -> list[int]:
    """The naive slider: one labelling for each threshold."""
    raster = np.full(cells.shape, -np.inf)
    raster[cells.row, cells.column] = values
    return [
        ndimage.label(raster >= level, CORNERS)[1] for level in tqdm(levels, "  relabelling", leave=False)
    ]


def one_by_one(cells: Cells, labels: npt.NDArray[np.int64], count: int) -> list[Any]:
    """The naive outlines: a general union for each component."""
    boxes = squares(cells.row, cells.column)
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(1, count + 2))
    told = tqdm(pairwise(edges), "  unions", count, leave=False)
    return [shapely.unary_union(boxes[order[a:b]]) for a, b in told]


def compare_sweep(cells: Cells, values: Floats) -> None:
    """101 relabellings against one sweep of every threshold."""
    levels = np.linspace(values.max(), values.min(), LEVELS)

    def one_sweep() -> list[int]:
        return swept(cells.row, cells.column, values, cells.people, corners=True).counts_at(levels).tolist()

    ours, fast = timed(one_sweep)
    theirs, slow = timed(lambda: relabelled(cells, values, levels))
    assert ours == theirs, "the sweep and the relabellings disagree"
    print(f"every threshold, one sweep      {fast:8.2f} s")
    print(f"101 relabellings (scipy)        {slow:8.2f} s   ratio {slow / fast:5.1f}   counts identical")


def compare_outlines(cells: Cells, chosen: npt.NDArray[np.bool_]) -> None:
    """A general union per component against the coverage union."""
    labels, count = components_at(cells.row, cells.column, chosen)
    ours, fast = timed(lambda: stepped_outlines(cells.row, cells.column, labels, count))
    theirs, slow = timed(lambda: one_by_one(cells, labels, count))
    assert np.array_equal(shapely.area(ours), shapely.area(theirs)), "the outlines disagree"
    print(f"{count} outlines, coverage     {fast:8.2f} s")
    print(f"{count} outlines, unary_union  {slow:8.2f} s   ratio {slow / fast:5.1f}   areas identical")


def compare_graph(cells: Cells, chosen: npt.NDArray[np.bool_]) -> None:
    """Labelling the raster against the graph of neighbours that libpysal builds, when it is installed."""
    (_, count), fast = timed(lambda: components_at(cells.row, cells.column, chosen))
    print(f"one threshold, {count} components {fast:8.2f} s")
    try:
        from libpysal import weights
    except ImportError:
        print("libpysal is not installed: not compared")
        return
    boxes = squares(cells.row[chosen], cells.column[chosen])
    theirs, slow = timed(lambda: weights.Rook.from_iterable(boxes).n_components)
    assert theirs == count
    print(f"libpysal                        {slow:8.2f} s   ratio {slow / fast:5.1f}   counts identical")


def main() -> None:
    """Prints one line a measure, then the memory of the whole run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=2_300_000)
    asked = parser.parse_args()
    steps = tqdm(total=5, desc="national grid")
    cells, took = timed(lambda: national_grid(asked.cells))
    print(f"\n{len(cells.people):,} cells, {cells.people.sum():,.0f} people, generated in {took:.1f} s")
    steps.update()
    how = Smoothing(1, town_poverty(cells), HEXAGON)
    shares = poverty_equivalent(cells, HEXAGON.income_weight)
    values, took = timed(lambda: smoothed_by_window(cells, shares, how))
    print(f"smoothing by window             {took:8.2f} s")
    steps.update()
    proposal, took = timed(lambda: candidates_of(cells))
    print(f"end to end: {len(proposal.candidates)} candidates  {took:8.2f} s (threshold {proposal.cut:.3f})")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    steps.update()
    compare_graph(cells, values >= proposal.cut)
    compare_sweep(cells, values)
    steps.update()
    compare_outlines(cells, values >= proposal.cut)
    steps.update()
    steps.close()
    print(f"peak memory: {memory:.1f} GB up to the candidates, generation included")


if __name__ == "__main__":
    main()
