"""A contour or a line as a page sends it: text that the map wrote, pasted text, or a file."""

import json
import math
import re
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, mapping
from shapely.geometry.base import BaseGeometry

from faubourg.rules.verdict import Reason, mark

from . import geofiles, geojson, placing
from .contour import Contour, contour_of
from .limits import unreadable

# A tenth of a metre.
GRID = 1e-6
MOST_LINE_POINTS = 500
_NUMBER = r"-?\d+(?:[.,]\d+)?"
_PAIR = re.compile(rf"^\s*({_NUMBER})\s*[;,\s]\s*({_NUMBER})\s*$")


@dataclass(frozen=True, slots=True)
class ReadOutline:
    """The contour, and everything that was supposed or mended to get it: then it has to be looked at."""

    contour: Contour
    notes: tuple[Reason, ...]

    @property
    def text(self) -> str:
        """As the page gives it back, for the map and for the eye."""
        return text_of(self.contour.shape)


def read_outline(data: bytes, name: str) -> ReadOutline:
    """One surface out of every shape of the first layer; raises `Refused` in one sentence."""
    layer = geofiles.read(data, name)[0]
    notes: list[Reason] = []
    shapes = []
    for feature in layer.features:
        shape, said = placing.placed(feature.shape, layer.crs)
        shapes.append(shape)
        notes += [note for note in said if note not in notes]
    contour = contour_of(shapes)
    return ReadOutline(contour, (*notes, *contour.notes))


def text_of(shape: BaseGeometry) -> str:
    """GeoJSON of a shape, to the tenth of a metre; empty for nothing."""
    if shape.is_empty:
        return ""
    light = shapely.set_precision(shape, GRID)
    return json.dumps(mapping(shape if light.is_empty else light), separators=(",", ":"))


def read_line(text: str) -> LineString:
    """A line of at least two points; raises `Refused` in one sentence."""
    if text.lstrip()[:1] in {"{", "["}:
        found = geojson.read(text.encode())[0].features
        shapes = [feature.shape for feature in found if isinstance(feature.shape, LineString)]
        points = list(shapes[0].coords) if shapes else []
    else:
        points = [_point(line) for line in text.splitlines() if line.strip()]
    if len(points) < 2 or len(points) > MOST_LINE_POINTS:
        raise unreadable(
            "line-points", mark("Le trait de coupe a de deux à {most} points."), most=MOST_LINE_POINTS
        )
    if not all(math.isfinite(value) for point in points for value in point):
        raise unreadable("line-written", _LINE, line="NaN")
    placed, _notes = placing.placed(LineString(points), placing.WGS84)
    assert isinstance(placed, LineString)
    if placed.length == 0:
        raise unreadable("line-points", mark("Les points du trait de coupe sont confondus."))
    return placed


_LINE = mark("« {line} » n’est pas un point : écrivez la longitude puis la latitude, « 3,0815 45,7790 ».")


def _point(line: str) -> tuple[float, float]:
    if not (found := _PAIR.match(line)):
        raise unreadable("line-written", _LINE, line=line.strip()[:40])
    lon, lat = (float(number.replace(",", ".")) for number in found.groups())
    return lon, lat
