"""The income grid of a whole country, on one core: `python benchmarks/national_grid.py [--cells 2300000]`.

Seeded and synthetic: 2.3 million inhabited cells of 200 m, gathered in towns. Prints, in one run, our time
and theirs (scipy, libpysal, geopandas), and checks that both find the same. `make bench` installs what is
compared with. `--workers 2` does it again over so many Dask processes: not one bit may differ.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# One core: before anything starts its threads.
if hasattr(os, "sched_setaffinity"):
    ALL_CORES = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(ALL_CORES)})

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from tqdm import tqdm

from faubourg.rules.grid import Cells, Lattice, Proposal, candidates_of, components_at, swept
from faubourg.rules.grid.components import CORNERS, SIDES
from faubourg.rules.grid.outlines import squares, stepped_outlines

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SEED = 20260101
LEVELS = 101
LEAST = 1_000.0


def national_grid(inhabited: int, seed: int = SEED) -> Cells:
    """Towns of all sizes: dense centres, sparse countryside, poor places gathered where people are."""
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
    leaning = -2.5 + 2.4 * blur[0][row, column] + 1.1 * blur[1][row, column] + 0.25 * np.log(people / 28)
    poverty = 1 / (1 + np.exp(-(leaning + 0.4 * chance.standard_normal(len(row)))))
    lattice = Lattice((3_200_000.0, 2_000_000.0), (200.0, 0.0), (0.0, 200.0))
    unknown = np.full(len(row), np.nan)
    return Cells(
        lattice, row - row.min(), column - column.min(), people, poverty, unknown, np.zeros(len(row))
    )


@dataclass(frozen=True)
class Took:
    """What an act gives, and its seconds: of clock, and of the core."""

    found: Any
    clock: float
    core: float


def timed(act: Callable[[], Any]) -> Took:
    """The best of three, ours and theirs alike; what takes more than a second runs once or twice."""
    took: list[Took] = []
    while not took or (len(took) < 3 and sum(one.clock for one in took) < 2):
        start, spent = time.perf_counter(), time.process_time()
        found = act()
        took.append(Took(found, time.perf_counter() - start, time.process_time() - spent))
    return min(took, key=lambda one: one.clock)


def told(name: str, took: Took, ours: Took | None = None, same: bool | None = None) -> None:
    """One line; beside a peer's time, how many times ours it is, and whether both found the same."""
    line = f"{name:46} {took.clock:8.2f} s ({took.core:7.2f} s of the core)"
    if ours is not None:
        line += f"   ratio {took.clock / ours.clock:6.1f}"
    if same is not None:
        line += "   identical" if same else "   DIFFERENT"
    tqdm.write(line)
    assert same is not False, f"{name}: not what we found"


def peer(name: str) -> Any:
    """A module, or None and a line when it is not installed."""
    try:
        return __import__(name)
    except ImportError:
        tqdm.write(f"{name} is not installed: not compared (`make bench` installs it)")
        return None


def raster_of(cells: Cells, values: Floats) -> Floats:
    """As scipy wants it."""
    raster = np.full(cells.shape, -np.inf)
    raster[cells.row, cells.column] = values
    return raster


def compare_label(cells: Cells, chosen: npt.NDArray[np.bool_]) -> None:
    """All inhabited cells, then the poorest: scipy's labels, and the graph of neighbours of libpysal."""
    everyone = np.ones(len(cells.row), dtype=np.bool_)
    raster = raster_of(cells, everyone.astype(float)) > 0
    ours = timed(lambda: components_at(cells.row, cells.column, everyone)[1])
    told(f"one threshold, all cells: {ours.found:,} components", ours)
    theirs = timed(lambda: ndimage.label(raster, SIDES)[1])
    told("  scipy.ndimage.label, raster at hand", theirs, ours, theirs.found == ours.found)
    ours = timed(lambda: components_at(cells.row, cells.column, chosen)[1])
    told(f"one threshold, {chosen.sum():,} cells: {ours.found:,} components", ours)
    if not (peer("libpysal") and peer("geopandas")):
        return
    from geopandas import GeoSeries
    from libpysal.graph import Graph

    boxes = GeoSeries(squares(cells.row[chosen], cells.column[chosen]))
    theirs = timed(lambda: int(Graph.build_contiguity(boxes, rook=True).n_components))
    told("  libpysal graph of rook neighbours", theirs, ours, theirs.found == ours.found)


def compare_sweep(cells: Cells, values: Floats) -> None:
    """One sweep of every threshold against a relabelling for each of 101."""
    levels = np.linspace(values.max(), values.min(), LEVELS)
    raster = raster_of(cells, values)

    def relabelled() -> list[int]:
        shown = tqdm(levels, "  relabelling", leave=False)
        return [int(ndimage.label(raster >= level, CORNERS)[1]) for level in shown]

    def relabelled_and_weighed() -> tuple[list[int], list[float]]:
        counts, totals = [], []
        for level in tqdm(levels, "  relabelling", leave=False):
            labels, count = ndimage.label(raster >= level, CORNERS)
            held = np.bincount(labels[cells.row, cells.column], weights=cells.people, minlength=count + 1)[1:]
            counts.append(int((held >= LEAST).sum()))
            totals.append(float(held[held >= LEAST].sum()))
        return counts, totals

    ours = timed(lambda: swept(cells.row, cells.column, values, cells.people, corners=True))
    sweep = ours.found
    told("every threshold, one sweep", ours)
    theirs = timed(relabelled)
    told(f"  {LEVELS} relabellings, scipy", theirs, ours, theirs.found == sweep.counts_at(levels).tolist())
    both = timed(
        lambda: swept(cells.row, cells.column, values, cells.people, corners=True).large_at(levels, LEAST)
    )
    told("every threshold, and places of 1,000 people", both)
    theirs = timed(relabelled_and_weighed)
    same = theirs.found == (both.found[0].tolist(), both.found[1].tolist())
    told(f"  {LEVELS} relabellings and sums, scipy", theirs, both, same)
    one = timed(lambda: sweep.labels_at(levels[LEVELS // 2], LEAST))
    told("one position of the slider, from the sweep", one)


def compare_outlines(cells: Cells, chosen: npt.NDArray[np.bool_]) -> None:
    """The coverage union of each component against a general union, and geopandas' dissolve."""
    labels, count = components_at(cells.row, cells.column, chosen)
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(1, count + 2))

    def one_by_one() -> list[Any]:
        boxes = squares(cells.row, cells.column)
        shown = tqdm(pairwise(edges), "  unions", count, leave=False)
        return [shapely.unary_union(boxes[order[a:b]]) for a, b in shown]

    ours = timed(lambda: stepped_outlines(cells.row, cells.column, labels, count))
    areas = shapely.area(ours.found)
    told(f"{count:,} outlines, squares included", ours)
    theirs = timed(one_by_one)
    told("  unary_union for each", theirs, ours, np.array_equal(areas, shapely.area(theirs.found)))
    if geopandas := peer("geopandas"):
        boxes = squares(cells.row[chosen], cells.column[chosen])
        frame = geopandas.GeoDataFrame({"label": labels[chosen]}, geometry=boxes)
        theirs = timed(lambda: frame.dissolve("label"))
        told("  geopandas dissolve, squares at hand", theirs, ours, np.array_equal(areas, theirs.found.area))


def compare_workers(cells: Cells, alone: Proposal, count: int) -> None:
    """The same candidates over local Dask processes."""
    import distributed

    from faubourg.territories.management.designating.workers import mapper_for

    os.sched_setaffinity(0, ALL_CORES)
    local: Any = distributed.LocalCluster
    with (
        local(n_workers=count, threads_per_worker=1, dashboard_address=None) as cluster,
        mapper_for(cluster.scheduler_address) as mapper,
    ):
        theirs = timed(lambda: candidates_of(cells, mapper=mapper))
    same = theirs.found.candidates == alone.candidates and np.array_equal(theirs.found.labels, alone.labels)
    told(f"end to end over {count} Dask processes", theirs, None, same)


def main() -> None:
    """Prints one line a measure, then the memory of the whole run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=2_300_000)
    parser.add_argument("--workers", type=int, default=0, help="Dask processes; none by default")
    asked = parser.parse_args()
    with tqdm(total=5, desc="national grid") as steps:
        made = timed(lambda: national_grid(asked.cells))
        cells = made.found
        told(f"{len(cells.people):,} cells, {cells.people.sum():,.0f} people, generated", made)
        steps.update()
        ours = timed(lambda: candidates_of(cells))
        proposal = ours.found
        held = sum(candidate.people for candidate in proposal.candidates)
        told(f"end to end: {len(proposal.candidates):,} candidates, {held:,.0f} people", ours)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        tqdm.write(f"peak memory {memory:.1f} GB, generation included")
        steps.update()
        pieces = proposal.pieces  # the cells themselves for a country, cut finer for a town
        compare_label(pieces, proposal.values >= np.quantile(proposal.values, 0.9))
        steps.update()
        compare_sweep(pieces, proposal.values)
        steps.update()
        compare_outlines(pieces, proposal.values >= proposal.cut)
        steps.update()
    if asked.workers:
        compare_workers(cells, proposal, asked.workers)


if __name__ == "__main__":
    main()
