"""How long a walk is and how much time it takes: the line that is walked, the halts where one looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
EARTH_M = 6_371_008.8
# A group with a pushchair or a stick walks at three kilometres an hour, and looks ten minutes at a place.
METRES_A_MINUTE = 50
MINUTES_A_STOP = 10
# Whoever notes the time of the meeting reads quarters of an hour.
STEP_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Estimate:
    """Metres along the line; minutes with the halts, rounded up to a quarter of an hour."""

    metres: int
    minutes: int


def metres_between(one: Point, other: Point) -> float:
    """Along the great circle; points are (longitude, latitude) in degrees WGS 84.

    >>> round(metres_between((3.0, 45.0), (3.0, 45.001)))
    111
    """
    (lon, lat), (lon_2, lat_2) = one, other
    across = sin(radians(lon_2 - lon) / 2) ** 2 * cos(radians(lat)) * cos(radians(lat_2))
    half = sin(radians(lat_2 - lat) / 2) ** 2 + across
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def length_m(line: Sequence[Point]) -> int:
    """Metres along a line; 0 for fewer than two points."""
    return round(sum(metres_between(*pair) for pair in pairwise(line)))


def estimate(line: Sequence[Point], stops: int) -> Estimate:
    """What a walk takes, halts included; nothing at all takes no time."""
    metres = length_m(line)
    minutes = metres / METRES_A_MINUTE + stops * MINUTES_A_STOP
    quarters = -(-round(minutes) // STEP_MINUTES)
    return Estimate(metres, quarters * STEP_MINUTES)
