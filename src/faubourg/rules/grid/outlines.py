"""Clean outlines of components: the exact union of their squares, corners cut at the middle of each side.

Joining the middles of the sides moves no centre of a square in or out, so the people inside stay the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from .lattice import Floats, Ints, Lattice, Mapper

PER_BATCH = 100
CORNERS = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])


def squares(row: Ints, column: Ints) -> Floats:
    """Squares of the lattice, columns and rows as coordinates."""
    centres = np.column_stack([column, row]).astype(float)
    corners = centres[:, None, :] + CORNERS[None, :, :]
    return np.asarray(shapely.polygons(corners))


@dataclass(frozen=True)
class Batch:
    """Some components, whole, to be outlined: their squares, component after component."""

    row: Ints
    column: Ints
    sizes: Ints
    lattice: Lattice


def stepped_outlines(row: Ints, column: Ints, labels: Ints, count: int) -> list[shapely.Geometry]:
    """Union of the squares of each label from 1 to `count`, in lattice coordinates."""
    found: list[shapely.Geometry] = []
    for batch in batches_of(row, column, labels, count, Lattice((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))):
        found += _stepped(batch)
    return found


def outlines(
    row: Ints, column: Ints, labels: Ints, count: int, lattice: Lattice, *, mapper: Mapper = map
) -> list[shapely.Geometry]:
    """One valid outline per label, in the coordinates of the file; `mapper` spreads batches of them."""
    batches = batches_of(row, column, labels, count, lattice)
    return [outline for some in mapper(outlines_of, batches) for outline in some]


def outlines_of(batch: Batch) -> list[shapely.Geometry]:
    """What a worker runs."""
    smooth = [shapely.simplify(bevelled(stepped), 1e-9) for stepped in _stepped(batch)]
    return [shapely.transform(one, batch.lattice.to_world) for one in smooth]


def _stepped(batch: Batch) -> list[shapely.Geometry]:
    boxes = squares(batch.row, batch.column)
    ends = np.cumsum(batch.sizes)
    return [shapely.coverage_union_all(boxes[a:b]) for a, b in pairwise([0, *ends.tolist()])]


def batches_of(
    row: Ints, column: Ints, labels: Ints, count: int, lattice: Lattice, *, most: int = PER_BATCH
) -> Iterator[Batch]:
    """The components from 1 to `count`, at most so many at once."""
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(1, count + 2))
    for first in range(0, count, most):
        some = edges[first : first + most + 1]
        which = order[some[0] : some[-1]]
        yield Batch(row[which], column[which], np.diff(some), lattice)


def bevelled(stepped: shapely.Geometry) -> shapely.Geometry:
    """The same outline through the middle of each side of its squares; itself when that would break it."""
    unit = shapely.segmentize(shapely.simplify(stepped, 0.0), 1.0)
    parts = [
        shapely.Polygon(
            _middles(part.exterior.coords[:]), [_middles(hole.coords[:]) for hole in part.interiors]
        )
        for part in shapely.get_parts(unit)
    ]
    smooth = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return smooth if shapely.is_valid(smooth) else stepped


def _middles(ring: list[tuple[float, ...]]) -> Floats:
    corners = np.asarray(ring)
    middles = (corners[:-1] + corners[1:]) / 2
    return np.concatenate([middles, middles[:1]])


def compactness(outline: shapely.Geometry) -> float:
    """Polsby-Popper: 1 for a disc, 0 for a thread."""
    length = float(shapely.length(outline))
    return float(4 * np.pi * shapely.area(outline) / length**2) if length else 0.0
