"""Joining two outlines: what they share is counted once, and a gap between them is said."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from ..verdict import Verdict, mark

APART = mark(
    "Les deux périmètres ne se touchent pas : réunis, ils feraient {count} morceaux. Rapprochez-les en "
    "modifiant l’un des contours, ou confirmez que vous voulez un périmètre en plusieurs morceaux."
)
INSIDE = mark("L’un des deux périmètres contient déjà l’autre : les réunir ne changerait pas le plus grand.")


@dataclass(frozen=True, slots=True)
class Joined:
    """`verdict` refuses what is apart or inside; `shape` is there all the same, for who confirms."""

    verdict: Verdict
    shape: BaseGeometry


def joined(one: BaseGeometry, other: BaseGeometry) -> Joined:
    """The union of two valid surfaces: its area is theirs less what they share."""
    whole = _surfaces(shapely.union_all([one, other]))
    if shapely.covers(one, other) or shapely.covers(other, one):
        return Joined(Verdict.no("inside", INSIDE), whole)
    pieces = len(shapely.get_parts(whole))
    before = len(shapely.get_parts(one)) + len(shapely.get_parts(other))
    if pieces >= before:
        return Joined(Verdict.no("apart", APART, count=pieces), whole)
    return Joined(Verdict.yes(), whole)


def _surfaces(shape: BaseGeometry) -> BaseGeometry:
    """Without the points and lines that a union of surfaces may leave."""
    kept = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)
