"""Bringing a shape to longitude and latitude (WGS 84), and saying what had to be supposed to get there."""

from collections.abc import Callable

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

from faubourg.rules.verdict import Reason, mark

from .limits import unreadable

Box = tuple[float, float, float, float]
WGS84 = "EPSG:4326"
# Where France is, in degrees: hexagon and Corsica, then each territory overseas.
FRANCE: tuple[Box, ...] = (
    (-5.6, 41.2, 9.8, 51.3),
    (-63.3, 14.2, -60.7, 18.3),
    (-54.8, 2.0, -51.5, 6.0),
    (55.1, -21.5, 55.9, -20.8),
    (44.9, -13.1, 45.4, -12.5),
    (-56.6, 46.7, -56.0, 47.2),
    (-155.0, -28.0, -134.0, -7.5),
    (163.0, -23.0, 168.5, -19.0),
    (-178.6, -14.6, -176.0, -13.0),
)
# What a person may choose when the file says nothing and the coordinates leave a doubt.
CHOICES = (
    (WGS84, mark("WGS 84 (longitude, latitude)")),
    ("EPSG:2154", mark("Lambert-93 (hexagone)")),
    *((f"EPSG:{3900 + zone}", f"Lambert CC{zone}") for zone in range(42, 51)),
    ("EPSG:5490", mark("UTM 20 Nord (Guadeloupe, Martinique)")),
    ("EPSG:2972", mark("UTM 22 Nord (Guyane)")),
    ("EPSG:2975", mark("UTM 40 Sud (La Réunion)")),
    ("EPSG:4471", mark("UTM 38 Sud (Mayotte)")),
    ("EPSG:3857", mark("Web Mercator")),
)


def placed(shape: BaseGeometry, crs: str, chosen: str = "") -> tuple[BaseGeometry, list[Reason]]:
    """The shape in longitude and latitude, with what was supposed; raises `Refused` when nothing fits.

    `crs` is what the file says, `chosen` what the person says (it wins).
    """
    notes: list[Reason] = []
    announced = chosen or crs
    if not announced:
        announced, note = _supposed(shape)
        notes.append(note)
    elif not chosen and _is_geographic(announced) and not _fits_degrees(shape):
        announced, note = _supposed(shape)
        notes.append(
            _said("crs-contradicted", mark("Le fichier se dit en degrés, ses coordonnées ne le sont pas."))
        )
        notes.append(note)
    moved = _to_degrees(shape, announced)
    if announced in {chosen, crs} and not _is_geographic(announced):
        name = pyproj.CRS.from_user_input(announced).name
        notes.append(_said("reprojected", mark("Coordonnées converties depuis {name}."), name=name))
    return _righted(moved, notes), notes


def _said(code: str, template: str, **params: object) -> Reason:
    return Reason(code=code, met=True, template=template, params=params, decides=False)


def _is_geographic(crs: str) -> bool:
    try:
        return bool(pyproj.CRS.from_user_input(crs).is_geographic)
    except CRSError:
        return False


def _fits_degrees(shape: BaseGeometry) -> bool:
    west, south, east, north = shape.bounds
    return bool(west >= -180 and east <= 180 and south >= -180 and north <= 180)


def _supposed(shape: BaseGeometry) -> tuple[str, Reason]:
    """The system that the coordinates betray when the file says none."""
    west, south, east, north = shape.bounds
    if _fits_degrees(shape):
        return WGS84, _said(
            "crs-supposed",
            mark(
                "Le fichier ne dit pas son système de coordonnées : ses valeurs sont des degrés, "
                "lues en WGS 84."
            ),
        )
    if west >= 0 and east <= 1_300_000 and south >= 6_000_000 and north <= 7_200_000:
        return "EPSG:2154", _said(
            "lambert-93", mark("Coordonnées reconnues comme du Lambert-93 et converties en WGS 84.")
        )
    zone = round((south - 200_000) / 1_000_000) + 41
    if west >= 1_000_000 and east <= 2_400_000 and 42 <= zone <= 50:
        return f"EPSG:{3900 + zone}", _said(
            "lambert-cc",
            mark("Coordonnées reconnues comme du Lambert CC{zone} et converties en WGS 84."),
            zone=zone,
        )
    raise unreadable(
        "crs-unknown",
        mark(
            "Le fichier ne dit pas son système de coordonnées et ses valeurs (autour de {x} ; {y}) "
            "ne se reconnaissent pas : choisissez-le dans la liste."
        ),
        x=round(west, 1),
        y=round(south, 1),
    )


def _to_degrees(shape: BaseGeometry, crs: str) -> BaseGeometry:
    try:
        transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
        moved = shapely.transform(shape, _through(transformer))
    except (CRSError, ProjError) as wrong:
        raise unreadable(
            "crs-wrong",
            mark("Le système de coordonnées du fichier n’est pas connu : choisissez-le dans la liste."),
        ) from wrong
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise unreadable(
            "crs-outside", mark("Ces coordonnées sortent du système choisi : vérifiez-le dans la liste.")
        )
    return moved


def _through(transformer: pyproj.Transformer) -> Callable[[np.ndarray], np.ndarray]:
    def move(points: np.ndarray) -> np.ndarray:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    return move


def _righted(shape: BaseGeometry, notes: list[Reason]) -> BaseGeometry:
    """Latitude before longitude shows: outside France as written, inside once swapped."""
    if in_france(shape):
        return shape
    swapped = shapely.transform(shape, lambda points: points[:, ::-1])
    if in_france(swapped):
        notes.append(
            _said(
                "swapped",
                mark("Latitude et longitude étaient inversées : elles ont été remises dans l’ordre."),
            )
        )
        return swapped
    raise unreadable(
        "outside-france",
        mark(
            "Le contour tombe hors de France (longitude {x}, latitude {y}) : vérifiez le système de "
            "coordonnées."
        ),
        x=round(shape.bounds[0], 3),
        y=round(shape.bounds[1], 3),
    )


def in_france(shape: BaseGeometry) -> bool:
    """Whether the whole shape lies in one of the boxes of `FRANCE`."""
    west, south, east, north = shape.bounds
    return any(w <= west and s <= south and east <= e and north <= n for w, s, e, n in FRANCE)
