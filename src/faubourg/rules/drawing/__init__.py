"""Outlines drawn by hand: cut, joined, lightened, compared. What is refused says why and what to do.

Coordinates are degrees (longitude, latitude); no surface is gained or lost but where a function says so.
"""

from .cutting import Cut, cut
from .differing import Difference, difference, same
from .joining import Joined, joined
from .lightening import lightened

__all__ = ["Cut", "Difference", "Joined", "cut", "difference", "joined", "lightened", "same"]
