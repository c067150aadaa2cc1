"""What a point of the map belongs to: the neighbourhood around it, and whether the area holds it at all."""

from dataclasses import dataclass

import shapely

from faubourg.rules.proximity.places import METRES_A_DEGREE, Point, distance_m
from faubourg.territories.geo.contours import Contour, ContourIndex, contour_index
from faubourg.territories.models import Perimeter, Territory

from ..models import Area

# Which outline of a neighbourhood speaks first where several overlap.
_FIRST = (
    Perimeter.Kind.QPV_2024,
    Perimeter.Kind.LIVED,
    Perimeter.Kind.LOCAL_P1,
    Perimeter.Kind.LOCAL_P2,
    Perimeter.Kind.QVA,
    Perimeter.Kind.LOCAL_P3,
    Perimeter.Kind.QPV_2015,
    Perimeter.Kind.FORESEEN,
)
# A street on the limit belongs to both towns; without a contour, what is that far is another town.
MARGIN_M = 1_000
FARTHEST_M = 40_000


@dataclass(frozen=True, slots=True)
class Around:
    """The id of the neighbourhood whose contour holds a point; `inside`: the area may hear of it."""

    neighbourhood: int | None
    inside: bool


def around_point(area: Area, lon: float, lat: float) -> Around:
    """Read from the contours in memory; one small query. A point that is nowhere on Earth is outside."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # a NaN neither
        return Around(None, inside=False)
    index = contour_index()
    return Around(_neighbourhood(index, lon, lat), _inside(index, area, lon, lat))


def _neighbourhood(index: ContourIndex, lon: float, lat: float) -> int | None:
    held = [
        found
        for found in index.at(lon, lat)
        if found.territory_kind == Territory.Kind.NEIGHBOURHOOD and found.kind in _FIRST
    ]
    best = min(held, key=lambda found: (_FIRST.index(Perimeter.Kind(found.kind)), found.code), default=None)
    return best.territory if best else None


def _inside(index: ContourIndex, area: Area, lon: float, lat: float) -> bool:
    """In the town, on its edge, or near its middle when no contour says."""
    own = [found for found in index.contours if found.territory == area.territory_id]
    if own:
        return any(_near(found, lon, lat) for found in own)
    place = area.territory
    if place.lon is None or place.lat is None:
        return True
    return distance_m(Point(place.lon, place.lat), Point(lon, lat)) <= FARTHEST_M


def _near(contour: Contour, lon: float, lat: float) -> bool:
    return bool(contour.geometry.distance(shapely.Point(lon, lat)) <= MARGIN_M / METRES_A_DEGREE)
