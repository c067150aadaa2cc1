"""How long a walk is and how much time it takes: the line that is walked, the halts where one looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .places import Point, distance_m

# A group with a pushchair or a stick walks at three kilometres an hour, and looks ten minutes at a place.
METRES_A_MINUTE = 50
MINUTES_A_STOP = 10
# Whoever announces a walk tells quarters of an hour.
STEP_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Estimate:
    """Metres along the line; minutes with the halts, rounded up to a quarter of an hour."""

    metres: int
    minutes: int


def length_m(line: Sequence[Point]) -> int:
    """Metres along a line; 0 for fewer than two points."""
    return round(sum(distance_m(*pair) for pair in pairwise(line)))


def estimate(line: Sequence[Point], stops: int) -> Estimate:
    """What a walk takes, halts included; nothing at all takes no time."""
    metres = length_m(line)
    minutes = metres / METRES_A_MINUTE + stops * MINUTES_A_STOP
    quarters = -(-round(minutes) // STEP_MINUTES)
    return Estimate(metres, quarters * STEP_MINUTES)
