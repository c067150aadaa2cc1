"""How far the nearest shape is, in metres on the ground, up to a cap, in the projection of the place.

Lambert-93 stretches lengths by up to 3 m a kilometre: the stretch at the latitude of the point is undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..reading.placing import FRANCE, WGS84
from .layer import Bools, Edges, Floats, Ints, edges_of

CAP = 2000.0
# The projection of each box of `FRANCE`, in its order: hexagon, Antilles, Guyane, La Réunion, Mayotte,
# Saint-Pierre-et-Miquelon, Polynésie (Tahiti), Nouvelle-Calédonie, Wallis-et-Futuna.
PROJECTIONS = (2154, 5490, 2972, 2975, 4471, 4467, 3297, 3163, 8903)
# Wider than the cap at any latitude of France, in degrees.
_COARSE = 0.03


@dataclass(frozen=True, slots=True)
class Distances:
    """`metres` is `CAP` where nothing is nearer; `shape` is then -1."""

    metres: Floats
    shape: Ints


class Nearest:
    """The boundaries of shapes in degrees, projected box by box."""

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        edges = edges_of(shapes)
        self._zones = [
            _Zone(f"EPSG:{code}", box, Edges(edges.ends[within], edges.owner[within]))
            for code, box in zip(PROJECTIONS, FRANCE, strict=True)
            if (within := _within(box, edges.ends[:, 0], edges.ends[:, 1])).any()
        ]

    def to(self, lon: Floats, lat: Floats) -> Distances:
        """The distance to the nearest line; the caller knows which points lie inside."""
        found = Distances(np.full(len(lon), CAP), np.full(len(lon), -1, dtype=np.int32))
        for zone in self._zones:
            here = np.flatnonzero(zone.concerns(lon, lat))
            if len(here):
                zone.measure(here, lon[here], lat[here], found)
        return found


class _Zone:
    def __init__(self, crs: str, box: tuple[float, float, float, float], edges: Edges) -> None:
        self._box = box
        self._owner = edges.owner
        self._project = pyproj.Transformer.from_crs(WGS84, crs, always_xy=True).transform
        start = self._project(edges.ends[:, 0], edges.ends[:, 1])
        end = self._project(edges.ends[:, 2], edges.ends[:, 3])
        self._tree = shapely.STRtree(shapely.linestrings(np.column_stack([*start, *end]).reshape(-1, 2, 2)))
        self._latitudes = np.linspace(box[1], box[3], 200)
        middle = np.full(200, (edges.ends[:, 0].min() + edges.ends[:, 0].max()) / 2)
        self._stretch = pyproj.Proj(crs).get_factors(middle, self._latitudes).meridional_scale
        self._near = _coarse_around(edges.ends)

    def concerns(self, lon: Floats, lat: Floats) -> Bools:
        """The points of this box in whose coarse cell, or in one beside it, there is a line."""
        within = _within(self._box, lon, lat)
        wanted = np.flatnonzero(within)
        keys = _coarse(lon[wanted], lat[wanted])
        rank = np.searchsorted(self._near, keys)
        within[wanted] = self._near[np.minimum(rank, len(self._near) - 1)] == keys
        return within

    def measure(self, here: NDArray[np.int64], lon: Floats, lat: Floats, found: Distances) -> None:
        """Write into `found`, at the ranks `here`, what is nearer than the cap."""
        points = shapely.points(*self._project(lon, lat))
        (rank, edge), metres = self._tree.query_nearest(
            points, max_distance=CAP * 1.01, return_distance=True, all_matches=False
        )
        metres = metres / np.interp(lat[rank], self._latitudes, self._stretch)
        near = metres < CAP
        found.metres[here[rank[near]]] = metres[near]
        found.shape[here[rank[near]]] = self._owner[edge[near]]


def _within(box: tuple[float, float, float, float], lon: Floats, lat: Floats) -> Bools:
    west, south, east, north = box
    within: Bools = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return within


def _coarse(lon: Floats, lat: Floats) -> NDArray[np.int64]:
    column, row = ((lon + 180) / _COARSE).astype(np.int64), ((lat + 90) / _COARSE).astype(np.int64)
    return column * 10_000 + row


def _coarse_around(ends: Floats) -> NDArray[np.int64]:
    """The coarse cells of both ends of each line and all those beside; sorted."""
    keys = np.unique(_coarse(ends[:, [0, 2]].ravel(), ends[:, [1, 3]].ravel()))
    beside = [column * 10_000 + row for column in (-2, -1, 0, 1, 2) for row in (-2, -1, 0, 1, 2)]
    return np.unique((keys[:, None] + np.array(beside)).ravel())
