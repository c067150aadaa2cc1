"""Whose ground a point stands on, given how accurate it is: boxes in the database, outlines by Shapely.

Nothing is kept in memory between two reports, so that a piece of land drawn by one process counts for the
next report of every other.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import Q, QuerySet
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ..models import Area, Land

# Metres in a degree of latitude, and of longitude at the equator (sphere of 6,371 km): exact to half a
# percent over a neighbourhood.
METRES_A_DEGREE = 111_195.0
_HERE = shapely.Point(0, 0)


@dataclass(frozen=True, slots=True)
class Ground:
    """The pieces of land of one partner and one use that may hold a point.

    `partner` is None on land known to be nobody's; not `certain` when the accuracy reaches beyond them.
    """

    partner: int | None
    use: str
    lands: tuple[Land, ...]
    certain: bool


def lands_in_force(area: Area, on: date) -> QuerySet[Land]:
    """The pieces of land of an area that count that day."""
    return area.lands.filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on)
    )


def lands_near(area: Area, lon: float, lat: float, accuracy_m: int | None, on: date) -> QuerySet[Land]:
    """Those whose box touches the disc of `accuracy_m` metres around a point in WGS 84."""
    reach = float(accuracy_m or 0)
    up, side = reach / METRES_A_DEGREE, reach / _metres_east(lat)
    return lands_in_force(area, on).filter(
        west__lte=lon + side, east__gte=lon - side, south__lte=lat + up, north__gte=lat - up
    )


def grounds_of(near: Iterable[Land], lon: float, lat: float, accuracy_m: int | None) -> tuple[Ground, ...]:
    """Every ground that touches that disc, among the pieces of land near it."""
    reach = float(accuracy_m or 0)
    found: dict[tuple[int | None, str], list[tuple[Land, BaseGeometry]]] = defaultdict(list)
    for land in sorted(near, key=lambda one: one.pk):
        outline = _in_metres(land.geometry, lon, lat)
        if outline.distance(_HERE) <= reach:
            found[land.partner_id, land.use].append((land, outline))
    return tuple(_ground(key, held, reach) for key, held in found.items())


def _ground(key: tuple[int | None, str], held: Iterable[tuple[Land, BaseGeometry]], reach: float) -> Ground:
    lands, outlines = zip(*held, strict=True)
    whole = shapely.union_all(outlines) if len(outlines) > 1 else outlines[0]
    certain = whole.covers(_HERE) and (reach == 0 or whole.boundary.distance(_HERE) >= reach)
    return Ground(*key, lands, bool(certain))


def _in_metres(geometry: dict[str, object], lon: float, lat: float) -> BaseGeometry:
    """The outline on a plane whose origin is the point, in metres."""
    scale = np.array([_metres_east(lat), METRES_A_DEGREE])

    def flat(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return (degrees - np.array([lon, lat])) * scale

    return shapely.transform(shape(geometry), flat)


def _metres_east(lat: float) -> float:
    """Metres in a degree of longitude there; never nothing, even at a pole."""
    return max(METRES_A_DEGREE * math.cos(math.radians(lat)), 1.0)


def lands_of(area: Area) -> QuerySet[Land]:
    """Every piece of land of an area, past ones too, without their outlines' cost in a list."""
    return area.lands.select_related("area", "partner", "source")
