"""What is missing for every report to find somebody: posts, lines of the table, ground, and who overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import shapely
from shapely.geometry import shape

from faubourg.rules.proximity.coverage import Hole, holes, judge_table
from faubourg.rules.routing import Table
from faubourg.rules.verdict import Reason

from ..models import Area, Land, Partner
from .attribution import Attribution, Key, Lines, attribution_of
from .land import METRES_A_DEGREE, lands_in_force

# Two surveys of one kerb never agree to the metre.
LEAST_SHARED_M2 = 5.0
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Post:
    """A partner that nobody speaks for. `vacant`: somebody did, and left."""

    partner: Partner
    vacant: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two pieces of land of two partners, one over the other, in square metres."""

    one: Land
    other: Land
    shared_m2: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """On such ground (none: outside every drawn land), reports of these categories lead to nobody."""

    owners: tuple[str, ...]
    reason: Reason
    categories: tuple[str, ...]
    moments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """`partners` and `lands` are how many were looked at."""

    posts: Sequence[Post]
    uncovered: Sequence[Uncovered]
    table: Sequence[Reason]
    overlaps: Sequence[Overlap]
    partners: int
    lands: int

    @property
    def whole(self) -> bool:
        """Every partner is spoken for, every ground leads to one, the table says nothing in vain."""
        return not (self.posts or self.uncovered or self.table or self.overlaps)


def empty_posts(area: Area, on: date) -> list[Post]:
    """The partners without a referent that day, nor somebody who speaks for them."""
    return _posts(attribution_of(area, on))


def _posts(found: Attribution) -> list[Post]:
    return [
        Post(partner, pk in found.vacant) for pk, partner in found.partners.items() if not found.referents[pk]
    ]


def completeness_of(area: Area, on: date) -> Completeness:
    """The whole check that day; a fixed number of queries."""
    attribution = attribution_of(area, on)
    lands = list(lands_in_force(area, on).select_related("partner").order_by("name", "pk"))
    pairs = _pairs(lands)
    categories = tuple(area.categories.filter(active=True).order_by("order", "name"))
    grounds = tuple(dict.fromkeys((land.partner_id, land.use) for land in lands))
    lines = Lines(attribution, categories, grounds)
    table = lines.table()
    return Completeness(
        _posts(attribution),
        _uncovered(table, {frozenset(map(lines.owner, keys)) for keys in _keys(lands, pairs)}),
        judge_table(lines.as_written()).refusals(),
        [pair for pair in pairs if pair.one.partner_id != pair.other.partner_id][:MOST_SHOWN],
        len(attribution.partners),
        len(lands),
    )


def _keys(lands: Sequence[Land], pairs: Sequence[Overlap]) -> set[frozenset[Key]]:
    """The grounds a point may have: none, one, or two that overlap."""
    alone = {frozenset({(land.partner_id, land.use)}) for land in lands}
    both = {
        frozenset({(pair.one.partner_id, pair.one.use), (pair.other.partner_id, pair.other.use)})
        for pair in pairs
    }
    return {frozenset(), *alone, *both}


def _pairs(lands: Sequence[Land]) -> list[Overlap]:
    """Which lands lie over which, the widest overlap first."""
    if len(lands) < 2:
        return []
    shapes = np.array([shape(land.geometry) for land in lands], dtype=object)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    kept = left < right
    left, right = left[kept], right[kept]
    shared = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    middle = np.radians(shapely.get_y(shapely.centroid(shapes[left])))
    metres = shared * METRES_A_DEGREE**2 * np.cos(middle)
    found = [
        Overlap(lands[a], lands[b], round(m2))
        for a, b, m2 in zip(left, right, metres, strict=True)
        if m2 >= LEAST_SHARED_M2
    ]
    return sorted(found, key=lambda pair: -pair.shared_m2)


def _uncovered(table: Table, grounds: set[frozenset[str]]) -> list[Uncovered]:
    """One line a ground and a reason, instead of one a category and a moment."""

    def cause(hole: Hole) -> tuple[tuple[str, ...], str]:
        return hole.owners, hole.answer.reasons[0].code

    found = []
    for (owners, _code), same in groupby(sorted(holes(table, grounds), key=cause), key=cause):
        together = list(same)
        found.append(
            Uncovered(
                owners,
                together[0].answer.reasons[0],
                tuple(dict.fromkeys(hole.category for hole in together)),
                tuple(dict.fromkeys(hole.moment for hole in together)),
            )
        )
    return found
