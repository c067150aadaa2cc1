"""What changed between two versions of an outline: what was gained, what was lost, what stayed."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

# In degrees.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Difference:
    """Three surfaces that do not overlap; any may be empty."""

    gained: BaseGeometry
    lost: BaseGeometry
    kept: BaseGeometry


def difference(before: BaseGeometry, after: BaseGeometry) -> Difference:
    """Gained and kept make the version after; lost and kept the version before."""
    return Difference(
        gained=_surfaces(shapely.difference(after, before)),
        lost=_surfaces(shapely.difference(before, after)),
        kept=_surfaces(shapely.intersection(before, after)),
    )


def same(one: BaseGeometry, other: BaseGeometry) -> bool:
    """The same outline but for the rounding of a text: a border moved by a tenth of a metre on average."""
    moved = shapely.symmetric_difference(one, other)
    return bool(shapely.area(moved) <= ROUNDING * shapely.length(one))


def _surfaces(shape: BaseGeometry) -> BaseGeometry:
    kept = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)
