"""Distances between places of one town, in metres, from degrees of longitude and latitude (WGS 84).

The equirectangular approximation: below ten kilometres and away from the poles it is wrong by less than one
in a thousand, and it costs one cosine.
"""

from math import ceil, cos, floor, hypot, radians
from typing import NamedTuple

EARTH_M = 6_371_008.8
METRES_A_DEGREE = radians(1) * EARTH_M


class Point(NamedTuple):
    """Degrees, longitude first."""

    lon: float
    lat: float


class Box(NamedTuple):
    """Degrees; what a database looks through before distances are measured."""

    west: float
    south: float
    east: float
    north: float


def distance_m(one: Point, other: Point) -> float:
    """Metres; the same both ways.

    >>> round(distance_m(Point(-0.4600, 46.3200), Point(-0.4587, 46.3200)))
    100
    """
    # Shortest way round, so that two points either side of the 180th meridian are neighbours.
    across = abs(one.lon - other.lon)
    across = min(across, 360 - across) * cos(radians((one.lat + other.lat) / 2))
    return hypot(across, one.lat - other.lat) * METRES_A_DEGREE


def box_around(centre: Point, metres: float) -> Box:
    """Every point within that many metres is in the box; a few in the corners are not so near."""
    high = metres / METRES_A_DEGREE
    edge = min(abs(centre.lat) + high, 89.9)
    wide = high / cos(radians(edge))
    return Box(centre.lon - wide, centre.lat - high, centre.lon + wide, centre.lat + high)


def cell_of(point: Point, metres: float) -> tuple[int, int]:
    """A row and a column, at least `metres` high and, below 60 degrees north, wide: neighbours touch."""
    size = metres / METRES_A_DEGREE
    return floor(point.lat / size), floor(point.lon / (size * 2))


def rounded(metres: float) -> int:
    """Metres as they are shown: never 0 for two places apart."""
    return ceil(metres) if metres < 1 else round(metres)
