"""Where a layer is complete, from what `coverage.toml` declares and the places the database knows.

No contour of a région is in the data. Its area is drawn from inside: the triangles between points of its
communes, none of another région, shrunk by 3 km. What lies between it and the true limit stays unknown.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..models import Perimeter, Territory

# In degrees of latitude and in kilometres; the longest side of a triangle, and how much is left aside.
_DEGREE = 111.2
LONGEST, MARGIN = 40.0, 3.0
# Distances are sure where the circle around the point lies in the complete area.
REACH = 2.0
_HEXAGON = (-5.6, 41.2, 9.8, 51.3)


@cache
def declared() -> list[dict[str, Any]]:
    """The claims, in the order of the file."""
    said = tomllib.loads(files(__package__ or "").joinpath("coverage.toml").read_text(encoding="utf-8"))
    claims: list[dict[str, Any]] = said["complete"]
    return claims


def complete_area(kind: str) -> BaseGeometry | None:
    """In degrees; None where this kind of perimeter is complete nowhere."""
    parts = [part for claim in declared() if claim["kind"] == kind for part in _areas(claim)]
    area = shapely.union_all(parts) if parts else None
    return None if area is None or area.is_empty else area


def shrunk(area: BaseGeometry, kilometres: float) -> BaseGeometry:
    """Without the outermost kilometres; east to west a degree is taken as shorter by the cosine."""
    _, south, _, north = area.bounds
    slim = float(np.cos(np.radians((south + north) / 2)))
    flat = shapely.transform(area, lambda points: points * [slim, 1])
    inner = flat.buffer(-kilometres / _DEGREE)
    return shapely.transform(inner, lambda points: points / [slim, 1])


def _areas(claim: dict[str, Any]) -> list[BaseGeometry]:
    if not Perimeter.objects.filter(
        source_id=claim["source"], kind=claim["kind"], withdrawn_at__isnull=True
    ).exists():
        return []
    if claim.get("of_source"):
        return _contours_named_by(claim["source"], claim["kind"])
    return [_inside_points(claim["regions"])]


def _contours_named_by(source: str, kind: str) -> list[BaseGeometry]:
    """The contours of the communes in which this source places a neighbourhood."""
    communes = Territory.objects.filter(
        kind=Territory.Kind.COMMUNE,
        neighbourhoods__perimeters__source_id=source,
        neighbourhoods__perimeters__kind=kind,
    )
    contours = Perimeter.objects.filter(
        kind=Perimeter.Kind.ADMINISTRATIVE,
        territory__in=communes,
        withdrawn_at__isnull=True,
        wkb__isnull=False,
    ).values_list("wkb", flat=True)
    return list(shapely.from_wkb([bytes(wkb or b"") for wkb in contours]))


def _inside_points(regions: list[str]) -> BaseGeometry:
    """Triangles (Delaunay) whose three corners are points of communes of these régions; a few km inside."""
    west, south, east, north = _HEXAGON
    rows = list(
        Territory.objects.filter(
            kind=Territory.Kind.COMMUNE, lon__range=(west, east), lat__range=(south, north)
        )
        .order_by("code")
        .values_list("lon", "lat", "region__code")
    )
    ours = np.array([region in regions for _, _, region in rows], dtype=bool)
    if ours.sum() < 3:
        return shapely.Polygon()
    points = np.array([row[:2] for row in rows], dtype=np.float64)
    mine, theirs = ({tuple(point) for point in points[which].tolist()} for which in (ours, ~ours))
    mine -= theirs
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(points)))
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    inside = [all(tuple(corner) in mine for corner in three) for three in corners.tolist()]
    sides = np.linalg.norm((corners - np.roll(corners, 1, axis=1)) * [0.72, 1], axis=2) * _DEGREE
    kept = triangles[np.array(inside, dtype=bool) & (sides.max(axis=1, initial=0) <= LONGEST)]
    return shrunk(shapely.union_all(kept), MARGIN)
