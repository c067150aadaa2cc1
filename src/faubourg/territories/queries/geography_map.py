"""What the maps of the geography draw: the outlines that stand, the communes, the extent of the grid."""

from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from ..geo.contours import Contour, ContourIndex, contour_index
from ..geo.drawing import HIGHEST
from ..models import GridExtract, Perimeter, Territory
from .geography import SHOWN
from .surroundings import communes_in, neighbourhoods_in

KINDS = frozenset(kind.value for kind in SHOWN)
# Limits of communes are a backdrop: what one screen of a whole agglomération shows.
BACKDROP_ZOOM = 12
# A commune that holds less of an outline is only brushed by it.
LEAST_SHARE = 0.1


def map_of(area: Territory) -> dict[str, Any]:
    """A FeatureCollection from the back to the front; `layer` is communes, extent or a kind of perimeter."""
    communes = set(communes_in(area).values_list("pk", flat=True))
    quarters = set(neighbourhoods_in(area).values_list("pk", flat=True))
    held = contour_index()
    back = [c for c in held.contours if c.territory in communes and c.kind == Perimeter.Kind.ADMINISTRATIVE]
    front = [c for c in held.contours if c.territory in quarters and c.kind in KINDS]
    rank = {kind.value: -place for place, kind in enumerate(SHOWN)}
    front.sort(key=lambda c: (rank[c.kind], c.perimeter))
    return {
        "type": "FeatureCollection",
        "features": [
            *(_feature(held, c, "communes", BACKDROP_ZOOM) for c in back),
            *_extent(area),
            *(_feature(held, c, c.kind, HIGHEST) for c in front),
        ],
    }


def _feature(held: ContourIndex, contour: Contour, layer: str, zoom: int) -> dict[str, Any]:
    said: dict[str, Any] = {"layer": layer, "name": contour.name, "code": contour.code}
    if layer != "communes":
        said |= {"perimeter": contour.perimeter}
    return {"type": "Feature", "geometry": held.drawn_at(contour, zoom), "properties": said}


def _extent(area: Territory) -> list[dict[str, Any]]:
    """Where the grid is complete, lightened: it is an area, not a border."""
    extract = (
        GridExtract.objects.filter(area=area, withdrawn_at__isnull=True, ready_at__isnull=False)
        .only("extent")
        .order_by("-added_at", "-id")
        .first()
    )
    if extract is None or not extract.extent:
        return []
    light = shapely.set_precision(shapely.simplify(shapely.from_wkb(bytes(extract.extent)), 0.001), 1e-4)
    return [{"type": "Feature", "geometry": mapping(light), "properties": {"layer": "extent"}}]


def communes_under(area: Territory, shape: BaseGeometry) -> list[str]:
    """Codes of the communes of an area that hold a tenth or more of a shape, by their known contours.

    Empty where no contour of a commune is published here.
    """
    if shape.is_empty:
        return []
    members = dict(communes_in(area).values_list("pk", "code"))
    found = contour_index().within(shape.bounds, [Perimeter.Kind.ADMINISTRATIVE.value])
    return [
        members[contour.territory]
        for contour in found
        if contour.territory in members
        and shapely.intersection(contour.geometry, shape).area >= LEAST_SHARE * shape.area
    ]
