"""Degrees become the units of a drawing: equirectangular, scaled by the cosine of the middle latitude.

True enough for a town or an agglomeration.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Points = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Projection:
    """Longitude and latitude to x and y; `y_scale` is in units per degree of latitude."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    x_shift: float
    y_shift: float

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """x to the right, y downwards."""
        return (
            (lon - self.west) * self.x_scale + self.x_shift,
            (self.north - lat) * self.y_scale + self.y_shift,
        )


def path(rings: Iterable[Points], project: Projection, *, nearest: float) -> str:
    """Rings as one SVG path; points nearer than `nearest` units to the one before are left out."""
    parts: list[str] = []
    for ring in rings:
        kept: list[str] = []
        last_x = last_y = math.inf
        for point in ring:
            x, y = project(point[0], point[1])
            if abs(x - last_x) + abs(y - last_y) >= nearest:
                kept.append(f"{x:.1f} {y:.1f}")
                last_x, last_y = x, y
        if len(kept) > 2:
            parts.append(f"M{'L'.join(kept)}Z")
    return "".join(parts)
