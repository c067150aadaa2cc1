"""From a shape as received to a contour as stored: repaired and said so, measured, lightened, boxed."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyproj
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from faubourg.rules.verdict import Reason, mark

from .limits import unreadable
from .shapes import parts_of

# 0.0002° is some twenty metres: enough for a map of the whole town.
OUTLINE_TOLERANCE = 0.0002
OUTLINE_GRID = 1e-5
_FLAWS = (
    ("Ring Self-intersection", mark("un de ses anneaux se touche lui-même")),
    ("Self-intersection", mark("il se croisait lui-même")),
    ("Hole lies outside shell", mark("un trou sortait du contour")),
    ("Nested shells", mark("des parties étaient emboîtées")),
    ("Nested holes", mark("des trous étaient emboîtés")),
    ("Duplicate Rings", mark("un anneau était en double")),
    ("Interior is disconnected", mark("un trou coupait le contour en deux")),
    ("Too few points", mark("un anneau n’avait pas assez de points")),
)
_GEOD = pyproj.Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True)
class Contour:
    """A valid surface in WGS 84. `area` in hectares; `repaired` in French, empty when nothing was."""

    shape: MultiPolygon | Polygon
    area: float
    repaired: str = ""
    notes: list[Reason] = field(default_factory=list)

    @property
    def wkb(self) -> bytes:
        return bytes(shapely.to_wkb(self.shape))

    @property
    def outline(self) -> str:
        """The GeoJSON geometry that maps serve."""
        light = shapely.set_precision(
            self.shape.simplify(OUTLINE_TOLERANCE, preserve_topology=True), OUTLINE_GRID
        )
        kept = light if not light.is_empty and light.geom_type in {"Polygon", "MultiPolygon"} else self.shape
        return json.dumps(mapping(kept), separators=(",", ":"))

    @property
    def vertices(self) -> int:
        return int(shapely.get_num_coordinates(self.shape))


def contour_of(shapes: Sequence[BaseGeometry]) -> Contour:
    """One surface out of one or several shapes; invalid ones are repaired, never dropped."""
    notes: list[Reason] = []
    surfaces: list[Polygon] = []
    for shape in shapes:
        surfaces += _mended(shape, notes)
    if not surfaces:
        raise unreadable(
            "no-surface", mark("Le contour n’enferme aucune surface : ses points sont alignés ou confondus.")
        )
    whole = shapely.union_all(surfaces) if len(surfaces) > 1 else surfaces[0]
    area = hectares(whole)
    if area < 0.01:
        raise unreadable(
            "no-surface", mark("Le contour n’enferme aucune surface : ses points sont alignés ou confondus.")
        )
    told = " ".join(note.sentence for note in notes if note.code == "repaired")
    return Contour(whole, area, told[:200], notes)


def _mended(shape: BaseGeometry, notes: list[Reason]) -> list[Polygon]:
    polygons = [part for part in parts_of(shape) if isinstance(part, Polygon) and not part.is_empty]
    dropped = len(parts_of(shape)) - len(polygons)
    if dropped:
        notes.append(
            _note(
                "parts-left",
                mark("{count} point(s) ou ligne(s) ne bornent aucune surface et sont laissés de côté."),
                count=dropped,
            )
        )
    whole: BaseGeometry = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    if whole.is_valid:
        return polygons
    notes.append(
        _note(
            "repaired", mark("Le contour a été réparé : {flaw}."), flaw=_flaw(shapely.is_valid_reason(whole))
        )
    )
    return [
        part for part in parts_of(shapely.make_valid(whole)) if isinstance(part, Polygon) and part.area > 0
    ]


def _note(code: str, template: str, **params: object) -> Reason:
    return Reason(code=code, met=True, template=template, params=params, decides=False)


def _flaw(reason: str) -> str:
    for words, french in _FLAWS:
        if reason.startswith(words):
            return french
    return mark("sa géométrie n’était pas valide")


def hectares(shape: BaseGeometry) -> float:
    """The area on the ellipsoid of a shape in WGS 84."""
    area, _perimeter = _GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))
    return abs(area) / 10_000


def kilometres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points (longitude, latitude) on the ground."""
    _there, _back, metres = _GEOD.inv(one[0], one[1], other[0], other[1])
    return math.inf if math.isnan(metres) else metres / 1000
