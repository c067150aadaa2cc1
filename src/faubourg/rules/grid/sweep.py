"""Components at every threshold in one pass: how places are born, grow and merge as the threshold comes down.

Cells arrive one by one, highest first; the rank of a cell is its time. Each climbs to the earliest of its
neighbours until a summit: a basin. Two basins meet at a pass; the younger is absorbed by the elder, once.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .components import large_enough
from .growth import Growth, Times, grown
from .lattice import Floats, Ints

HALF_SIDES = ((0, 1), (1, 0))
HALF_CORNERS = (*HALF_SIDES, (1, 1), (1, -1))


@dataclass(frozen=True)
class Sweep:
    """Cells: shape (n,), `order` from the highest. Basins: shape (b,), the eldest first.

    A basin is born with the cell `order[born]` and ends at time `met` (n: never) in the older basin `into`, a
    neighbour that may itself have been absorbed before.
    """

    value: Floats
    people: Floats
    order: Ints
    basin: Times
    born: Times
    met: Times
    into: Times

    def times_of(self, thresholds: Floats) -> Ints:
        """How many cells reach each threshold."""
        return np.searchsorted(-self.value[self.order], -np.asarray(thresholds, float), side="right")

    def counts_at(self, thresholds: Floats) -> Ints:
        """How many components hold the cells whose value reaches each threshold."""
        time = self.times_of(thresholds)
        return np.searchsorted(self.born, time) - np.searchsorted(np.sort(self.met), time)

    def people_at(self, thresholds: Floats) -> Floats:
        """Inhabitants of the cells whose value reaches each threshold."""
        total = np.concatenate([[0.0], np.cumsum(self.people[self.order])])
        return np.asarray(total[self.times_of(thresholds)])

    def large_at(self, thresholds: Floats, least: float) -> tuple[Ints, Floats]:
        """How many components of at least `least` people there are at each threshold, and their people."""
        return self.growth.large(self.times_of(thresholds), least)

    def labels_at(self, threshold: float, least: float = 0.0) -> tuple[Ints, int]:
        """Label of each cell from 1, 0 below the threshold or in a place of fewer than `least` people.

        And how many labels, as relabelling finds them; the place with the highest summit is the first.
        """
        time = self.times_of(np.array([threshold]))[0]
        root = np.where(self.met < time, self.into, np.arange(len(self.met), dtype=np.int32))
        root = followed(root)
        alive = (self.born < time) & (self.met >= time)
        number = np.cumsum(alive)
        labels = np.where(self.value >= threshold, number[root[self.basin]], 0)
        count = int(alive.sum())
        return large_enough(labels, count, self.people, least) if least else (labels, count)

    @cached_property
    def growth(self) -> Growth:
        """How many people each component holds, as it grows."""
        return grown(self.people[self.order], self.basin[self.order], self.met, self.into)


def swept(row: Ints, column: Ints, value: Floats, people: Floats, *, corners: bool = False) -> Sweep:
    """The tree of all components {value ≥ threshold}; equal values are told apart by their place.

    Memory: a raster of four bytes a place, and some tens of bytes a cell.
    """
    size = len(value)
    order = highest_first(value)
    time = np.empty(size, dtype=np.int32)
    time[order] = np.arange(size, dtype=np.int32)
    raster = _Raster(row, column, HALF_CORNERS if corners else HALF_SIDES)
    parent = np.empty(size, dtype=np.int32)
    parent[time] = raster.earliest(time)
    born = np.flatnonzero(parent == np.arange(size)).astype(np.int32)
    number = np.empty(size, dtype=np.int32)
    number[born] = np.arange(len(born), dtype=np.int32)
    basin = number[followed(parent)][time]
    met, into = _met(*raster.passes(time, basin), len(born), size)
    return Sweep(value, people, order, basin, born, met, into)


def highest_first(value: Floats) -> Ints:
    """Ranks of the cells, the highest first, equal ones as they come: a stable argsort, in half its time.

    The first bits of a float sort as it does; with the rank in place of its last bits, numbers are sorted
    instead of ranks. What those last bits tell is put right after, on an order that is nearly the right one.
    """
    kept = len(value).bit_length()
    bits = (0.0 - value).view(np.int64)
    bits = np.where(bits < 0, bits ^ np.iinfo(np.int64).max, bits)
    packed = np.sort((bits >> kept << kept) | np.arange(len(value)))
    order = packed & ((1 << kept) - 1)
    return order[np.argsort(-value[order], kind="stable")]


def followed(parent: Times) -> Times:
    """The end of each chain of parents."""
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further


class _Raster:
    """Which cell lies at each place, n where there is none; `half`: each direction once."""

    def __init__(self, row: Ints, column: Ints, half: tuple[tuple[int, int], ...]) -> None:
        across = int(column.max()) + 3
        self._place = (row + 1) * across + column + 1
        self._cells = np.full((int(row.max()) + 3) * across, len(row), dtype=np.int32)
        self._cells[self._place] = np.arange(len(row), dtype=np.int32)
        self._steps = [down * across + right for down, right in half]

    def earliest(self, time: Times) -> Times:
        """The first to arrive of each cell and its neighbours."""
        found, times = time.copy(), np.append(time, np.int32(len(time)))
        for step in (*self._steps, *(-one for one in self._steps)):
            np.minimum(found, times[self._cells[self._place + step]], out=found)
        return found

    def passes(self, time: Times, basin: Times) -> tuple[Times, Times, Times]:
        """Where two neighbours are in two basins: both basins, and the time when both have arrived."""
        basins, found = np.append(basin, np.int32(-1)), []
        for step in self._steps:
            beside = self._cells[self._place + step]
            other = basins[beside]
            at = np.flatnonzero((other >= 0) & (other != basin))
            found.append((basin[at], other[at], np.maximum(time[at], time[beside[at]])))
        one, two, when = (np.concatenate(part) for part in zip(*found, strict=True))
        return one, two, when


def _met(one: Times, two: Times, when: Times, basins: int, never: int) -> tuple[Times, Times]:
    """When each basin is absorbed, and by which neighbour.

    A basin whose first pass leads to an elder ends there, whatever happens elsewhere. All such basins are
    absorbed at once, their passes become those of the elder, and so on: each round takes about half.
    """
    met, into = np.full(basins, never, dtype=np.int32), np.arange(basins, dtype=np.int32)
    while len(one):
        first = np.full(basins, never, dtype=np.int32)
        np.minimum.at(first, one, when)
        np.minimum.at(first, two, when)
        elder, young = np.minimum(one, two), np.maximum(one, two)
        ends = np.flatnonzero(first[young] == when)
        met[young[ends]], into[young[ends]] = when[ends], elder[ends]
        root = np.arange(basins, dtype=np.int32)
        root[young[ends]] = elder[ends]
        root = followed(root)
        one, two = root[one], root[two]
        apart = np.flatnonzero(one != two)
        one, two, when = one[apart], two[apart], when[apart]
    return met, into
