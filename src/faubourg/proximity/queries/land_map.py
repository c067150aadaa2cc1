"""What the maps of the settings draw: the lands of today, and where to open."""

from datetime import date
from typing import Any

from django.db.models import Max, Min

from ..models import Area
from .land import lands_in_force

# Around a point when nothing is drawn yet, in degrees: a neighbourhood or two.
AROUND = 0.015
FRANCE = [-5.2, 41.3, 9.6, 51.1]
MOST_DRAWN = 3_000


def map_of(area: Area, on: date) -> dict[str, Any]:
    """A FeatureCollection; `layer` names how it is drawn."""
    lands = lands_in_force(area, on).select_related("partner").order_by("pk")[:MOST_DRAWN]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": land.geometry,
                "properties": {
                    "layer": "qva",
                    "name": land.name,
                    "partner": land.partner.name if land.partner else "",
                    "perimeter": land.pk,
                },
            }
            for land in lands
        ],
    }


def frame_of(area: Area) -> list[float]:
    """West, south, east, north: around what is drawn, else around the place, else France."""
    edges = area.lands.aggregate(west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"))
    if edges["west"] is not None:
        return [edges["west"], edges["south"], edges["east"], edges["north"]]
    place = area.territory
    if place.lon is None or place.lat is None:
        return FRANCE
    return [place.lon - AROUND, place.lat - AROUND, place.lon + AROUND, place.lat + AROUND]
