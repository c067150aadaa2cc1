"""Clean outlines of components: the exact union of their squares, corners cut at the middle of each side.

Joining the middles of the sides moves no centre of a square in or out, so the people inside stay the same.
"""

from itertools import pairwise

import numpy as np
import shapely

from .lattice import Floats, Ints, Lattice

CORNERS = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])


def squares(row: Ints, column: Ints) -> Floats:
    """Squares of the lattice, columns and rows as coordinates."""
    centres = np.column_stack([column, row]).astype(float)
    corners = centres[:, None, :] + CORNERS[None, :, :]
    return np.asarray(shapely.polygons(corners))


def stepped_outlines(row: Ints, column: Ints, labels: Ints, count: int) -> list[shapely.Geometry]:
    """Union of the squares of each label from 1 to `count`, in lattice coordinates."""
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(1, count + 2))
    boxes = squares(row[order[edges[0] :]], column[order[edges[0] :]])
    starts = edges - edges[0]
    return [shapely.coverage_union_all(boxes[a:b]) for a, b in pairwise(starts)]


def outlines(row: Ints, column: Ints, labels: Ints, count: int, lattice: Lattice) -> list[shapely.Geometry]:
    """One valid outline per label, in the coordinates of the file."""
    found = []
    for stepped in stepped_outlines(row, column, labels, count):
        smooth = shapely.simplify(bevelled(stepped), 1e-9)
        found.append(shapely.transform(smooth, lattice.to_world))
    return found


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
