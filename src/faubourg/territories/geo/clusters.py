"""Points merged by their distance on the screen: a map never receives them one by one in mass."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

# Radius in pixels within which points become one: a finger's width.
RADIUS = 44
_TILE = 256


@dataclass(frozen=True, slots=True)
class Cluster:
    """`members` index the points given, sorted; longitude and latitude are the mean of theirs."""

    lon: float
    lat: float
    members: tuple[int, ...]
    # West, south, east, north of the members: where to zoom. All on one spot: no zoom parts them.
    box: tuple[float, float, float, float]

    @property
    def is_pile(self) -> bool:
        return self.box[0] == self.box[2] and self.box[1] == self.box[3]


def projected(lon: NDArray[np.float64], lat: NDArray[np.float64], zoom: int) -> NDArray[np.float64]:
    """Web Mercator pixels at a zoom, shape (n, 2)."""
    size = _TILE * 2.0**zoom
    held = np.clip(lat, -85.05, 85.05)
    north = np.log(np.tan(np.pi / 4 + np.radians(held) / 2))
    return np.column_stack([(lon + 180) / 360 * size, (1 - north / math.pi) / 2 * size])


def clusters_of(
    lon: NDArray[np.float64], lat: NDArray[np.float64], zoom: int, *, radius: int = RADIUS
) -> list[Cluster]:
    """Greedy: the point with most neighbours within `radius` pixels takes them, then the next; deterministic.

    lon, lat: shape (n,), degrees. Every point lands in exactly one cluster.
    """
    if not len(lon):
        return []
    points = shapely.points(projected(lon, lat, zoom))
    here, near = shapely.STRtree(points).query(points, predicate="dwithin", distance=radius)
    order = np.lexsort((near, here))
    neighbours = np.split(near[order], np.cumsum(np.bincount(here, minlength=len(points)))[:-1])
    crowded = sorted(range(len(points)), key=lambda i: (-len(neighbours[i]), i))
    taken = np.zeros(len(points), dtype=bool)
    found = []
    for index in crowded:
        if taken[index]:
            continue
        members = neighbours[index][~taken[neighbours[index]]]
        taken[members] = True
        x, y = lon[members], lat[members]
        box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        found.append(Cluster(float(x.mean()), float(y.mean()), tuple(int(m) for m in members), box))
    return found
