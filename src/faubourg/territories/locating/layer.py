"""Which shapes hold which points: most points are answered by the cell they fall in, the others exactly.

A cell (0.002°, some 200 m) that no boundary touches is wholly inside or outside each shape: one centre is
asked for all those side by side. In a cell that a boundary touches, each point is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

CELL = 0.002
SIDE = 500  # cells along a tile of one degree
_MIXED = -1
# A point that near to a line, in degrees (one centimetre), is on it: two programs round differently.
ON_LINE = 1e-7


@dataclass(frozen=True, slots=True)
class Held:
    """For each point: `sets` names in `Layer.sets` the shapes that hold it; `border`: it is on their line."""

    sets: Ints
    border: Bools


@dataclass(frozen=True, slots=True)
class Edges:
    """The straight pieces of the boundaries, as n × 4 coordinates, and the shape of each."""

    ends: Floats
    owner: NDArray[np.int64]

    def lines(self) -> NDArray[np.object_]:
        """The same as geometries."""
        lines: NDArray[np.object_] = shapely.linestrings(self.ends.reshape(-1, 2, 2))
        return lines


def edges_of(shapes: Sequence[BaseGeometry]) -> Edges:
    """Every piece of every ring."""
    rings, of_shape = shapely.get_parts(shapely.boundary(np.array(shapes, dtype=object)), return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    same = of_ring[:-1] == of_ring[1:]
    return Edges(np.hstack([points[:-1][same], points[1:][same]]), of_shape[of_ring[:-1][same]])


class Layer:
    """Shapes in degrees (WGS 84), which may overlap.

    `sets[0]` is « none », `sets[i + 1]` the i-th shape alone, then come several at once.
    """

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        self.shapes = list(shapes)
        self.sets: list[tuple[int, ...]] = [(), *((rank,) for rank in range(len(self.shapes)))]
        self._set_ids = {held: rank for rank, held in enumerate(self.sets)}
        shapely.prepare(self.shapes)
        self._tree = shapely.STRtree(self.shapes)
        self.edges = edges_of(self.shapes)
        self._edge_tree = shapely.STRtree(self.edges.lines())
        self._tile_at = np.full((362, 182), -1, dtype=np.int32)
        self._open_tiles()
        self._cells = np.zeros(len(self._corners) * SIDE * SIDE, dtype=np.int32)
        self._mark_boundaries()
        self._fill()

    def holding(self, lon: Floats, lat: Floats) -> Held:
        """The sets of shapes that hold each point; a point on a line is held by the shape of that line."""
        sets = np.zeros(len(lon), dtype=np.int32)
        border = np.zeros(len(lon), dtype=np.bool_)
        column, row = _column(lon), _row(lat)
        tile = self._tile_at[column // SIDE, row // SIDE]
        near = np.flatnonzero(tile >= 0)
        if not len(near):
            return Held(sets, border)
        cells = self._flat(tile[near], column[near], row[near])
        known = self._cells[cells]
        sets[near] = np.maximum(known, 0)
        mixed = near[known == _MIXED]
        if len(mixed):
            sets[mixed], border[mixed] = self._exactly(lon[mixed], lat[mixed])
        return Held(sets, border)

    def _exactly(self, lon: Floats, lat: Floats) -> tuple[Ints, Bools]:
        points = shapely.points(lon, lat)
        within = self._tree.query(points, predicate="intersects")
        touching = self._edge_tree.query(points, predicate="dwithin", distance=ON_LINE)
        border = np.zeros(len(points), dtype=np.bool_)
        if not touching.shape[1]:
            return self._named(within, len(points)), border
        border[touching[0]] = True
        touching[1] = self.edges.owner[touching[1]]
        pairs = np.unique(np.hstack([within, touching]), axis=1)
        return self._named(pairs, len(points)), border

    def _named(self, pairs: NDArray[np.int64], count: int) -> Ints:
        """Pairs (point, shape) into one set a point."""
        sets = np.zeros(count, dtype=np.int32)
        sets[pairs[0]] = pairs[1] + 1
        several = np.bincount(pairs[0], minlength=count) > 1
        if several.any():
            held: dict[int, list[int]] = {}
            for point, shape in pairs[:, several[pairs[0]]].T.tolist():
                held.setdefault(point, []).append(shape)
            for point, shapes in held.items():
                sets[point] = self._set_id(tuple(sorted(shapes)))
        return sets

    def _set_id(self, shapes: tuple[int, ...]) -> int:
        if shapes not in self._set_ids:
            self._set_ids[shapes] = len(self.sets)
            self.sets.append(shapes)
        return self._set_ids[shapes]

    def _fill(self) -> None:
        """Cells of a row side by side without a boundary have the same answer: one is asked for each run."""
        for rank, corner in enumerate(self._corners):
            cells = self._cells[rank * SIDE * SIDE : (rank + 1) * SIDE * SIDE].reshape(SIDE, SIDE)
            plain = cells != _MIXED
            starts = plain.copy()
            starts[:, 1:] &= ~plain[:, :-1]
            column, row = np.nonzero(starts)
            lon = (corner[0] * SIDE + column + 0.5) * CELL - 180
            lat = (corner[1] * SIDE + row + 0.5) * CELL - 90
            held = self._tree.query(shapely.points(lon, lat), predicate="intersects")
            run = np.cumsum(starts.ravel())[plain.ravel()] - 1
            cells[plain] = self._named(held, len(column))[run]

    def _open_tiles(self) -> None:
        """A tile of one degree for whatever a shape's box touches; nothing lies elsewhere."""
        wanted = set()
        for west, south, east, north in shapely.bounds(self.shapes).reshape(-1, 4):
            columns = range(_tile(west + 180 - CELL), _tile(east + 180 + CELL) + 1)
            wanted |= set(product(columns, range(_tile(south + 90 - CELL), _tile(north + 90 + CELL) + 1)))
        self._corners = np.array(sorted(wanted), dtype=np.int64).reshape(-1, 2)
        for rank, (column, row) in enumerate(self._corners):
            self._tile_at[column, row] = rank

    def _mark_boundaries(self) -> None:
        """Every cell that the box of a piece of boundary no longer than a cell touches."""
        ends = _cut(self.edges.ends)
        west, east = np.sort(ends[:, [0, 2]]).T
        south, north = np.sort(ends[:, [1, 3]]).T
        first = _column(west - ON_LINE), _row(south - ON_LINE)
        last = _column(east + ON_LINE), _row(north + ON_LINE)
        for right, up in product(range(3), range(3)):
            column, row = np.minimum(first[0] + right, last[0]), np.minimum(first[1] + up, last[1])
            self._cells[self._flat(self._tile_at[column // SIDE, row // SIDE], column, row)] = _MIXED

    def _flat(self, tile: Ints, column: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.int64]:
        return (tile.astype(np.int64) * SIDE + column % SIDE) * SIDE + row % SIDE


def _tile(degrees: float) -> int:
    return int(degrees // (CELL * SIDE))


def _column(lon: Floats) -> NDArray[np.int64]:
    return ((lon + 180) / CELL).astype(np.int64)


def _row(lat: Floats) -> NDArray[np.int64]:
    return ((lat + 90) / CELL).astype(np.int64)


def _cut(ends: Floats) -> Floats:
    """Pieces longer than a cell, cut into equal parts that are not."""
    step = ends[:, 2:] - ends[:, :2]
    parts = np.maximum(np.ceil(np.abs(step).max(axis=1, initial=0) / CELL), 1).astype(np.int64)
    whose = np.repeat(np.arange(len(ends)), parts)
    rank = np.arange(len(whose)) - np.repeat(np.cumsum(parts) - parts, parts)
    start = ends[whose, :2] + step[whose] * (rank / parts[whose])[:, None]
    end = ends[whose, :2] + step[whose] * ((rank + 1) / parts[whose])[:, None]
    return np.hstack([start, end])
