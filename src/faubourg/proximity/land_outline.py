"""From a shape as received to the outline of a piece of land: placed in France, mended and said so.

Land is small: a collection point has a few square metres, where a neighbourhood has hectares.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from faubourg.rules.verdict import Reason, mark
from faubourg.territories.reading import geojson, outline_text, placing
from faubourg.territories.reading.contour import hectares
from faubourg.territories.reading.limits import unreadable
from faubourg.territories.reading.shapes import parts_of

# A tenth of a metre.
GRID = 1e-6
# What one look-up reads: more points belong to several pieces of land.
MOST_POINTS = 5_000
LEAST_HECTARES = 0.0001

_NOT_A_SURFACE = mark("Ce n’est pas une surface : tracez un contour fermé d’au moins trois points.")
_BAD = mark("La forme est mal écrite : chaque point est « [longitude, latitude] ».")
_HEAVY = mark("Le contour a plus de {most} points : découpez-le en plusieurs lieux.")
_MENDED = mark("Le contour a été réparé : un de ses anneaux se croisait ou se touchait.")
_LEFT = mark("Des points ou des lignes ne bornent aucune surface et sont laissés de côté.")


@dataclass(frozen=True, slots=True)
class Outline:
    """`geometry` is a GeoJSON Polygon or MultiPolygon in WGS 84, to the tenth of a metre."""

    geometry: dict[str, Any]
    box: tuple[float, float, float, float]
    notes: tuple[Reason, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of `Land`."""
        west, south, east, north = self.box
        return {"geometry": self.geometry, "west": west, "south": south, "east": east, "north": north}


def outline_of(geometry: object, crs: str = geojson.CRS84, chosen: str = "") -> Outline:
    """The outline of a GeoJSON geometry; raises `Refused` in one sentence. `chosen` wins over `crs`."""
    try:
        with np.errstate(invalid="ignore"):
            found = shapely.force_2d(shape(geometry))
    except (
        ShapelyError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as wrong:
        raise unreadable("land-written", _BAD) from wrong
    if found.is_empty or not _finite(found):
        raise unreadable("land-written", _BAD)
    if shapely.get_num_coordinates(found) > MOST_POINTS:
        raise unreadable("land-heavy", _HEAVY, most=MOST_POINTS)
    placed, notes = placing.placed(found, crs, chosen)
    return _mended(placed, notes)


def _finite(found: BaseGeometry) -> bool:
    west, south, east, north = found.bounds
    return abs(west) < 1e8 and abs(south) < 1e8 and abs(east) < 1e8 and abs(north) < 1e8


def _mended(placed: BaseGeometry, notes: list[Reason]) -> Outline:
    parts = parts_of(placed)
    polygons = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    if not polygons:
        raise unreadable("land-surface", _NOT_A_SURFACE)
    if len(polygons) < len(parts):
        notes.append(_note("land-left", _LEFT))
    whole: BaseGeometry = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    if not whole.is_valid:
        notes.append(_note("land-mended", _MENDED))
        whole = shapely.make_valid(whole)
    light = shapely.set_precision(whole, GRID)
    kept = [part for part in parts_of(light) if isinstance(part, Polygon) and part.area > 0]
    surface = kept[0] if len(kept) == 1 else MultiPolygon(kept)
    if not kept or hectares(surface) < LEAST_HECTARES:
        raise unreadable("land-surface", _NOT_A_SURFACE)
    return Outline(_plain(surface), surface.bounds, tuple(notes))


def _plain(surface: BaseGeometry) -> dict[str, Any]:
    """GeoJSON with lists, as the database gives it back."""
    found = mapping(surface)
    return {"type": found["type"], "coordinates": _lists(found["coordinates"])}


def _lists(found: object) -> object:
    return [_lists(one) for one in found] if isinstance(found, list | tuple) else found


def outline_from(text: str) -> Outline:
    """The outline of a text: GeoJSON, or a point a line, longitude then latitude, closed by us."""
    if text.lstrip()[:1] in {"{", "["}:
        features = geojson.read(text.encode())[0].features
        shapes = [part for feature in features for part in parts_of(feature.shape)]
        return outline_of(mapping(shapely.GeometryCollection(shapes)))
    line: LineString = outline_text.read_line(text)
    if len(line.coords) < 3:
        raise unreadable("land-surface", _NOT_A_SURFACE)
    return outline_of(mapping(Polygon(line.coords)))


def _note(code: str, template: str) -> Reason:
    return Reason(code=code, met=True, template=template, decides=False)
