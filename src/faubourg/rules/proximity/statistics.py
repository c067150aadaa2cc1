"""What reports teach once they are many: delays, what comes back, where it comes back, by day and by night.

No person is in what comes in, and none in what goes out. Percentiles are those of the nearest rank: each one
is a delay that did happen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from heapq import heapify, heappop, heappush

from .places import Point, cell_of, distance_m

MEDIAN = 50
SLOWEST_TENTH = 90
FEWEST_TO_RECUR = 3


@dataclass(frozen=True, slots=True)
class Treated:
    """One report, as far as it went; `night`: it was received, or seen, by night."""

    key: str
    partner: str
    theme: str
    received_on: date
    declared_done_on: date | None
    reopened: int
    night: bool
    at: Point

    @property
    def days(self) -> int | None:
        """From the report to the work declared done; None while it is not."""
        return None if self.declared_done_on is None else (self.declared_done_on - self.received_on).days


@dataclass(frozen=True, slots=True)
class Line:
    """`median` and `p90` in days, None when nothing is done yet; `waiting` are those not done."""

    group: tuple[str, ...]
    count: int
    done: int
    reopened: int
    median: int | None
    p90: int | None

    @property
    def waiting(self) -> int:
        """Received, and not declared done."""
        return self.count - self.done

    @property
    def reopened_rate(self) -> Fraction | None:
        """Of those declared done, the share that was reopened once or more; None without any."""
        return Fraction(self.reopened, self.done) if self.done else None


def nearest_rank(values: Sequence[int], percent: int) -> int | None:
    """The smallest value such that at least that share is not above it; None of nothing.

    >>> nearest_rank([15, 20, 35, 40, 50], 40)
    20
    """
    if not 0 < percent <= 100:
        raise ValueError("a percentile is above 0 and at most 100")
    ordered = sorted(values)
    rank = -(-percent * len(ordered) // 100)
    return ordered[rank - 1] if ordered else None


def by_partner(treated: Iterable[Treated]) -> tuple[Line, ...]:
    """One line a partner, in the order of their codes."""
    return _lines(treated, lambda one: (one.partner,))


def by_theme(treated: Iterable[Treated]) -> tuple[Line, ...]:
    """One line a theme."""
    return _lines(treated, lambda one: (one.theme,))


def by_partner_and_theme(treated: Iterable[Treated]) -> tuple[Line, ...]:
    """One line for each partner and theme that met."""
    return _lines(treated, lambda one: (one.partner, one.theme))


def day_and_night(treated: Iterable[Treated]) -> tuple[Line, Line]:
    """Two lines always, « day » then « night », empty or not."""
    told = list(treated)
    day, night = ([one for one in told if one.night is dark] for dark in (False, True))
    return _line(("day",), day), _line(("night",), night)


def overall(treated: Iterable[Treated]) -> Line:
    """Everything in one line."""
    return _line((), list(treated))


def _lines(treated: Iterable[Treated], group: Callable[[Treated], tuple[str, ...]]) -> tuple[Line, ...]:
    found: dict[tuple[str, ...], list[Treated]] = defaultdict(list)
    for one in treated:
        found[group(one)].append(one)
    return tuple(_line(key, found[key]) for key in sorted(found))


def _line(group: tuple[str, ...], treated: Sequence[Treated]) -> Line:
    days = [one.days for one in treated if one.days is not None]
    # Reopened and not done again still counts among what was done once.
    back = sum(one.reopened > 0 for one in treated)
    done = sum(one.days is not None or one.reopened > 0 for one in treated)
    return Line(
        group, len(treated), done, back, nearest_rank(days, MEDIAN), nearest_rank(days, SLOWEST_TENTH)
    )


# --- Where it comes back ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where reports come back: around one of them, the keys in order of their days."""

    centre: Point
    theme: str
    keys: tuple[str, ...]
    first: date
    last: date


def recurrent(
    treated: Iterable[Treated], radius_m: float, *, least: int = FEWEST_TO_RECUR
) -> tuple[Spot, ...]:
    """Places with that many reports of one theme within the radius of one of them, the busiest first.

    A report is counted in one place only: the busiest place takes its own, then the next busiest.
    """
    themes: dict[str, list[Treated]] = defaultdict(list)
    for one in sorted(treated, key=lambda one: one.key):
        themes[one.theme].append(one)
    spots = [spot for theme in sorted(themes) for spot in _spots(themes[theme], radius_m, least)]
    return tuple(sorted(spots, key=lambda spot: (-len(spot.keys), spot.theme, spot.keys)))


def _spots(treated: Sequence[Treated], radius_m: float, least: int) -> list[Spot]:
    around = _neighbours(treated, radius_m)
    left = set(range(len(treated)))
    found: list[Spot] = []
    # Counts only shrink as places are taken: one that did not shrink since it was queued is the highest.
    queue = [(-len(near), rank) for rank, near in enumerate(around) if len(near) >= least]
    heapify(queue)
    while queue:
        queued, best = heappop(queue)
        mine = around[best] & left
        if best not in left or len(mine) < least:
            continue
        if len(mine) < -queued:
            heappush(queue, (-len(mine), best))
            continue
        left -= mine
        found.append(_spot(treated[best], [treated[rank] for rank in mine]))
    return found


def _spot(centre: Treated, members: Sequence[Treated]) -> Spot:
    ordered = sorted(members, key=lambda one: (one.received_on, one.key))
    return Spot(
        centre.at,
        centre.theme,
        tuple(one.key for one in ordered),
        ordered[0].received_on,
        ordered[-1].received_on,
    )


def _neighbours(treated: Sequence[Treated], radius_m: float) -> list[set[int]]:
    """For each, the ranks of those within the radius, itself included; cells spare most comparisons."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for rank, one in enumerate(treated):
        cells[cell_of(one.at, radius_m)].append(rank)
    found = []
    for one in treated:
        row, column = cell_of(one.at, radius_m)
        near = (
            rank
            for high in (row - 1, row, row + 1)
            for wide in (column - 1, column, column + 1)
            for rank in cells.get((high, wide), ())
        )
        found.append({rank for rank in near if distance_m(treated[rank].at, one.at) <= radius_m})
    return found
