"""Who lives inside an outline, by the cells of a grid; and how much of the outline the grid knows.

People are spread evenly in each cell; an outline that crosses a cell takes its share of the surface.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage

from .cells import Cells
from .compare import covered
from .components import components_at
from .lattice import Floats, Ints
from .outlines import squares, stepped_outlines

# An uninhabited hollow up to twice this wide (in cells) between inhabited cells is known to be empty.
REACH = 5


@dataclass(frozen=True)
class Inside:
    """People: inhabitants. Known: share of the outline's surface where the grid is complete, 0 to 1.

    Poverty and imputed: shares of these people, 0 to 1, NaN over nobody.
    """

    people: float
    known: float
    poverty: float
    imputed: float


def inside(cells: Cells, extent: shapely.Geometry, outline: shapely.Geometry) -> Inside:
    """`outline`: valid, with a surface, in the coordinates of the lattice, as `extent` is."""
    surface = float(shapely.area(outline))
    known = float(shapely.area(shapely.intersection(outline, extent))) / surface if surface else 0.0
    near = _near(cells, outline)
    boxes = shapely.transform(squares(cells.row[near], cells.column[near]), cells.lattice.to_world)
    weight = cells.people[near] * covered(boxes, shapely.STRtree(boxes), outline)
    people = float(weight.sum())
    return Inside(
        people,
        min(known, 1.0),
        _mean(cells.poverty[near], weight),
        _mean((cells.imputed[near] > 0).astype(float), weight),
    )


def extent_of(cells: Cells, reach: int = REACH) -> shapely.Geometry:
    """Where the grid is complete: its inhabited cells, and the empty hollows between them.

    A published grid leaves out empty cells and does not say where it stops: beyond its outermost cells
    nothing is known.
    """
    rows, columns = cells.shape
    raster = np.zeros((rows + 2 * reach, columns + 2 * reach), dtype=np.bool_)
    raster[cells.row + reach, cells.column + reach] = True
    closed = ndimage.binary_closing(raster, np.ones((3, 3), dtype=bool), iterations=reach)
    whole = ndimage.binary_fill_holes(closed)
    row, column = (axis.astype(np.int64) for axis in np.nonzero(whole))
    labels, count = components_at(row, column, np.ones(len(row), dtype=np.bool_))
    parts = stepped_outlines(row - reach, column - reach, labels, count)
    return shapely.transform(shapely.union_all(parts), cells.lattice.to_world)


def _near(cells: Cells, outline: shapely.Geometry) -> Ints:
    """Which cells may touch the box of the outline."""
    west, south, east, north = outline.bounds
    corners = np.array([[west, south], [west, north], [east, south], [east, north]])
    basis = np.array([cells.lattice.across, cells.lattice.up])
    spots = (corners - np.array(cells.lattice.origin)) @ np.linalg.inv(basis)
    low, high = spots.min(axis=0) - 1, spots.max(axis=0) + 1
    near = (
        (cells.column >= low[0]) & (cells.column <= high[0]) & (cells.row >= low[1]) & (cells.row <= high[1])
    )
    return np.flatnonzero(near).astype(np.int64)


def _mean(values: Floats, weight: Floats) -> float:
    known = np.isfinite(values) & (weight > 0)
    return float(np.average(values[known], weights=weight[known])) if known.any() else float("nan")
