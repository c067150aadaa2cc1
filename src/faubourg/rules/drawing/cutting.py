"""Cutting an outline in two along a line: both parts together are the outline, and they do not overlap."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from ..verdict import Verdict, mark

AWAY = mark(
    "Le trait ne touche pas le périmètre : faites-le partir d’un côté, dehors, et arriver dehors de l’autre."
)
SHORT = mark(
    "Le trait ne traverse pas le périmètre : prolongez-le pour qu’il commence et finisse hors du contour."
)
MANY = mark(
    "Le trait coupe le périmètre en {count} morceaux : tracez-le pour qu’il n’en fasse que deux, "
    "puis coupez de nouveau."
)


@dataclass(frozen=True, slots=True)
class Cut:
    """`parts` are the two halves, the larger one first; empty when refused."""

    verdict: Verdict
    parts: tuple[BaseGeometry, ...] = ()


def cut(shape: BaseGeometry, line: BaseGeometry) -> Cut:
    """The two halves of a valid surface. A part that the line leaves alone stays with the nearer half."""
    if not shapely.intersects(shape, line):
        return Cut(Verdict.no("line-away", AWAY))
    pieces: list[BaseGeometry] = []
    alone: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        faces = _faces(part, line)
        if len(faces) > 1:
            pieces += faces
        else:
            alone.append(part)
    if not pieces:
        return Cut(Verdict.no("line-short", SHORT))
    if len(pieces) > 2:
        return Cut(Verdict.no("line-many", MANY, count=len(pieces)))
    halves: list[list[BaseGeometry]] = [[pieces[0]], [pieces[1]]]
    for part in alone:
        first, second = (shapely.distance(part, piece) for piece in pieces)
        halves[0 if first <= second else 1].append(part)
    whole = [shapely.union_all(half) if len(half) > 1 else half[0] for half in halves]
    return Cut(Verdict.yes(), tuple(sorted(whole, key=shapely.area, reverse=True)))


def _faces(part: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    """The faces that the line makes of one polygon, its holes left out."""
    edges = shapely.union_all([shapely.boundary(part), line])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    return [
        face
        for face in faces
        if face.geom_type == "Polygon" and shapely.intersects(part, shapely.point_on_surface(face))
    ]
