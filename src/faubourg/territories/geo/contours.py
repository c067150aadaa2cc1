"""Every contour in force in memory, with a spatial index; read again when the database has changed.

Parsing some 1,600 contours from WKB takes 25 ms and finding those of a town takes microseconds, on both
databases alike: no spatial extension is needed (docs/adr/0003).
"""

import threading
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection
from django.db.models import Count, Max
from shapely.geometry.base import BaseGeometry

from ..models import Perimeter
from .drawing import drawn

Box = tuple[float, float, float, float]
# What tells two states of the contours apart.
Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """One perimeter version that has a contour. `geometry` is exact, WGS 84, in degrees."""

    perimeter: int
    kind: str
    territory: int
    territory_kind: str
    code: str
    name: str
    source: str
    geometry: BaseGeometry


class ContourIndex:
    """Immutable; `drawn_at` remembers each drawing, since a town is looked at by many."""

    def __init__(self, signature: Signature, contours: list[Contour]) -> None:
        self.signature = signature
        self.contours = contours
        self._tree = shapely.STRtree([contour.geometry for contour in contours])
        self._drawings: dict[tuple[int, int, float], dict[str, object]] = {}

    def within(self, box: Box, kinds: Collection[str]) -> list[Contour]:
        """The contours of these kinds that touch west, south, east, north; in the order of their ids."""
        hits = np.sort(self._tree.query(shapely.box(*box), predicate="intersects"))
        return [self.contours[hit] for hit in hits if self.contours[hit].kind in kinds]

    def at(self, lon: float, lat: float) -> list[Contour]:
        """The contours that hold this point."""
        hits = np.sort(self._tree.query(shapely.Point(lon, lat), predicate="intersects"))
        return [self.contours[hit] for hit in hits]

    def drawn_at(self, contour: Contour, zoom: int, pixels: float = 1.0) -> dict[str, object]:
        """The GeoJSON geometry of a contour, without detail under so many pixels of this zoom."""
        key = (contour.perimeter, zoom, pixels)
        if key not in self._drawings:
            self._drawings[key] = drawn(contour.geometry, zoom, pixels=pixels)
        return self._drawings[key]


def signature() -> Signature:
    """Changes whenever a perimeter is added or withdrawn; one small query."""
    counted = Perimeter.objects.aggregate(Count("id"), Max("id"), Count("withdrawn_at"), Max("withdrawn_at"))
    return (str(connection.settings_dict["NAME"]), *counted.values())


_lock = threading.Lock()
_current: ContourIndex | None = None


def contour_index() -> ContourIndex:
    """The index of what the database holds now."""
    global _current
    now = signature()
    if _current is None or _current.signature != now:
        with _lock:
            if _current is None or _current.signature != now:
                _current = ContourIndex(now, _read())
    return _current


def contours_last_read() -> ContourIndex:
    """As this process read it last, without asking what changed since: for what may be a minute old."""
    return _current or contour_index()


def _read() -> list[Contour]:
    rows = (
        Perimeter.objects.filter(withdrawn_at__isnull=True, wkb__isnull=False)
        .order_by("id")
        .values_list(
            "id",
            "kind",
            "territory_id",
            "territory__kind",
            "territory__code",
            "territory__name",
            "source_id",
            "wkb",
        )
    )
    listed = list(rows)
    shapes = shapely.from_wkb([bytes(row[-1] or b"") for row in listed])
    return [Contour(*row[:-1], shape) for row, shape in zip(listed, shapes, strict=True)]
