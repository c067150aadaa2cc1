"""A small map drawn on the server: contours in degrees become paths of an SVG, no basemap needed.

Equirectangular projection scaled by the cosine of the middle latitude: true enough for a town.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from ..geo.projection import Projection, path
from ..models import Perimeter, Territory

WIDTH = 360.0
_MARGIN = 12.0
_MAX_RATIO = 1.1
_MIN_RATIO = 0.5

Box = tuple[float, float, float, float]
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One contour: its path and what it is (`here`, `beside` or `around`)."""

    path: str
    role: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG in its own units; shapes from the back to the front."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    # Which version of the perimeter is drawn (« QPV 2015 »); empty when only the surroundings are.
    own_version: str
    # Which versions of the neighbourhoods are drawn beside it or in it, each named once.
    other_versions: tuple[str, ...]

    @property
    def has_own_contour(self) -> bool:
        return bool(self.own_version)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width:.0f} {self.height:.0f}"


def outlines_around(territory: Territory, others: Iterable[Territory]) -> QuerySet[Perimeter]:
    """The contours that exist of a place, its communes and its neighbours; the exact ones stay stored."""
    return perimeters_around(territory, others).exclude(outline="")


def perimeters_around(territory: Territory, others: Iterable[Territory]) -> QuerySet[Perimeter]:
    """The perimeter versions that stand of a place and of others, drawn or not, the newest last."""
    return (
        Perimeter.objects.filter(Q(territory=territory) | Q(territory__in=[other.pk for other in others]))
        .filter(withdrawn_at__isnull=True)
        .select_related("territory", "source")
        .defer("wkb")
        .order_by("valid_from", "id")
    )


def draw(territory: Territory, outlines: Iterable[Perimeter]) -> Drawing | None:
    """The place in front, its neighbours beside, its commune around; None when no contour is known."""
    by_role: dict[str, list[tuple[Perimeter, list[Ring]]]] = {"around": [], "beside": [], "here": []}
    for perimeter in _one_a_place(outlines):
        by_role[_role(perimeter, territory)].append((perimeter, list(_rings(json.loads(perimeter.outline)))))
    in_town = territory.kind == Territory.Kind.COMMUNE and by_role["around"]
    framed = in_town or by_role["here"] or by_role["around"] or by_role["beside"]
    if not framed:
        return None
    frame = _box_of(ring for _, rings in framed for ring in rings)
    if by_role["here"] and by_role["around"] and not in_town:
        frame = _wider(frame, _box_of(ring for _, rings in by_role["around"] for ring in rings))
    own = next((p.get_kind_display() for p, _ in framed if p.territory_id == territory.pk), "")
    others = tuple(
        dict.fromkeys(
            perimeter.get_kind_display()
            for drawn in by_role.values()
            for perimeter, _ in drawn
            if perimeter.territory_id != territory.pk
            and perimeter.territory.kind == Territory.Kind.NEIGHBOURHOOD
        )
    )
    project, height = _projection(frame)
    shapes = tuple(
        Shape(path(rings, project, nearest=0.5), role, str(perimeter.territory), _link(perimeter, territory))
        for role, drawn in by_role.items()
        for perimeter, rings in drawn
    )
    return Drawing(WIDTH, height, shapes, own, others)


def draw_shapes(roles: Mapping[str, Sequence[BaseGeometry]]) -> Drawing | None:
    """Shapes in longitude and latitude, by role, from the back to the front; None when all are empty."""
    rings = [
        (role, list(_rings(mapping(shape))))
        for role, shapes in roles.items()
        for shape in shapes
        if not shape.is_empty
    ]
    if not rings:
        return None
    project, height = _projection(_box_of(ring for _, found in rings for ring in found))
    shapes = tuple(Shape(path(found, project, nearest=0.5), role, "", "") for role, found in rings)
    return Drawing(WIDTH, height, shapes, "", ())


def _one_a_place(outlines: Iterable[Perimeter]) -> Iterator[Perimeter]:
    """The newest contour of each place: they come from the oldest to the newest."""
    newest: dict[int, Perimeter] = {}
    for perimeter in outlines:
        newest[perimeter.territory_id] = perimeter
    yield from newest.values()


def _role(perimeter: Perimeter, territory: Territory) -> str:
    """On the map of a commune its neighbourhoods come first, on that of a neighbourhood itself."""
    in_town = territory.kind == Territory.Kind.COMMUNE
    if perimeter.territory_id == territory.pk:
        return "around" if in_town else "here"
    if perimeter.territory.kind != Territory.Kind.NEIGHBOURHOOD:
        return "around"
    return "here" if in_town else "beside"


def _link(perimeter: Perimeter, territory: Territory) -> str:
    return "" if perimeter.territory_id == territory.pk else perimeter.territory.get_absolute_url()


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        yield from polygon


def _box_of(rings: Iterable[Ring]) -> Box:
    points = [point for ring in rings for point in ring]
    lons = [point[0] for point in points]
    lats = [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def _wider(inner: Box, outer: Box) -> Box:
    """Three times the neighbourhood around itself, as far as the commune goes: where in town it lies."""
    width, height = (inner[2] - inner[0]) * 1.2, (inner[3] - inner[1]) * 1.2
    return (
        max(inner[0] - width, min(outer[0], inner[0])),
        max(inner[1] - height, min(outer[1], inner[1])),
        min(inner[2] + width, max(outer[2], inner[2])),
        min(inner[3] + height, max(outer[3], inner[3])),
    )


def _projection(frame: Box) -> tuple[Projection, float]:
    """Fits a box into the drawing; returns the projection and the height of the drawing."""
    west, south, east, north = frame
    shrink = math.cos(math.radians((south + north) / 2))
    width = max((east - west) * shrink, 1e-6)
    height = max(north - south, 1e-6)
    ratio = min(max(height / width, _MIN_RATIO), _MAX_RATIO)
    tall = round(WIDTH * ratio)
    scale = min((WIDTH - 2 * _MARGIN) / width, (tall - 2 * _MARGIN) / height)
    return (
        Projection(
            west, north, scale * shrink, scale, (WIDTH - width * scale) / 2, (tall - height * scale) / 2
        ),
        tall,
    )
