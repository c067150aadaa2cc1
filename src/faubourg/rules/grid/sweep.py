"""Components at every threshold in one pass: how places are born, grow and merge as the threshold comes down.

Each cell climbs to its highest neighbour until a summit; two summits' basins meet at their highest pass. The
passes of a maximum spanning tree say at which thresholds components merge: a slider reads it at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from .lattice import Floats, Ints

HALF_SIDES = ((0, 1), (1, 0))
HALF_CORNERS = (*HALF_SIDES, (1, 1), (1, -1))


@dataclass(frozen=True)
class Sweep:
    """Cells: arrays of shape (n,). Basins: (b,). Merges: (m,), highest first; `absorbed` joins `into`."""

    value: Floats
    people: Floats
    basin: Ints
    birth: Floats
    merge_at: Floats
    absorbed: Ints
    into: Ints

    def counts_at(self, thresholds: Floats) -> Ints:
        """How many components hold the cells whose value reaches each threshold."""
        born = np.searchsorted(np.sort(-self.birth), -thresholds, side="right")
        met = np.searchsorted(-self.merge_at, -thresholds, side="right")
        return np.asarray(born - met)

    def people_at(self, thresholds: Floats) -> Floats:
        """Inhabitants of the cells whose value reaches each threshold."""
        order = np.argsort(-self.value)
        total = np.concatenate([[0.0], np.cumsum(self.people[order])])
        return np.asarray(total[np.searchsorted(-self.value[order], -thresholds, side="right")])

    def labels_at(self, threshold: float) -> tuple[Ints, int]:
        """Label of each cell from 1, 0 below the threshold; and how many, as relabelling finds them."""
        stays = self.merge_at >= threshold
        pairs = (self.absorbed[stays], self.into[stays])
        size = len(self.birth)
        links = coo_matrix((np.ones(len(pairs[0]), dtype=np.int8), pairs), shape=(size, size))
        _, group = connected_components(links, directed=False)
        alive, labels = np.unique(group[self.basin[self.value >= threshold]], return_inverse=True)
        found = np.zeros(len(self.value), dtype=np.int64)
        found[self.value >= threshold] = labels + 1
        return found, len(alive)


def swept(row: Ints, column: Ints, value: Floats, people: Floats, *, corners: bool = False) -> Sweep:
    """The tree of all components {value ≥ threshold}; equal values are told apart by their place."""
    size = len(value)
    order = np.argsort(value, kind="stable")
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    neighbours = _neighbours(row, column, corners)
    basin, summit = _basins(rank, neighbours)
    near, far, height = _passes(rank, basin, neighbours)
    # Spanning trees are minimal here: a high pass weighs little, and never nothing.
    graph = coo_matrix((size - height.astype(float), (near, far)), shape=(len(summit), len(summit))).tocsr()
    tree = minimum_spanning_tree(graph).tocoo()
    highest = np.argsort(tree.data, kind="stable")
    level = order[(size - tree.data[highest]).astype(np.int64)]
    absorbed, into = _elders(rank[summit], tree.row[highest], tree.col[highest])
    return Sweep(value, people, basin, value[summit], value[level], absorbed, into)


def _neighbours(row: Ints, column: Ints, corners: bool) -> list[tuple[Ints, Ints]]:
    """For each direction, the pairs of cells that touch: every edge of the lattice once."""
    last = len(row)
    place = np.full((int(row.max()) + 3, int(column.max()) + 3), last, dtype=np.int32)
    place[row + 1, column + 1] = np.arange(last)
    pairs = []
    for down, right in HALF_CORNERS if corners else HALF_SIDES:
        other = place[row + 1 + down, column + 1 + right]
        there = np.flatnonzero(other != last)
        pairs.append((there, other[there].astype(np.int64)))
    return pairs


def _basins(rank: Ints, neighbours: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Basin of each cell, and the summit (a cell) of each basin."""
    best = np.arange(len(rank))
    for one, two in neighbours:
        # In one direction a cell is once at each end of a pair, so these assignments never collide.
        for low, high in ((one, two), (two, one)):
            climbs = rank[high] > rank[best[low]]
            best[low[climbs]] = high[climbs]
    while True:
        further = best[best]
        if np.array_equal(further, best):
            break
        best = further
    summit, basin = np.unique(best, return_inverse=True)
    return basin, summit


def _passes(rank: Ints, basin: Ints, neighbours: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints, Ints]:
    """Highest pass (rank) between each two basins that touch."""
    one, two = (np.concatenate(ends) for ends in zip(*neighbours, strict=True))
    between = basin[one] != basin[two]
    one, two = one[between], two[between]
    height = np.minimum(rank[one], rank[two])
    pair = np.minimum(basin[one], basin[two]) * (int(basin.max()) + 1) + np.maximum(basin[one], basin[two])
    by_height = np.argsort(-height, kind="stable")
    _, first = np.unique(pair[by_height], return_index=True)
    chosen = by_height[first]
    return basin[one[chosen]], basin[two[chosen]], height[chosen]


def _elders(peak: Ints, one: Ints, two: Ints) -> tuple[Ints, Ints]:
    """At each merge, highest pass first, which basin is absorbed: the one whose summit is lower."""
    merges = list(_merges(peak.tolist(), one.tolist(), two.tolist()))
    absorbed = np.array([young for young, _ in merges], dtype=np.int64)
    return absorbed, np.array([elder for _, elder in merges], dtype=np.int64)


def _merges(peak: list[int], one: list[int], two: list[int]) -> Iterator[tuple[int, int]]:
    parent = list(range(len(peak)))
    for left, right in zip(one, two, strict=True):
        while parent[left] != left:
            parent[left] = parent[parent[left]]
            left = parent[left]
        while parent[right] != right:
            parent[right] = parent[parent[right]]
            right = parent[right]
        elder, young = (left, right) if peak[left] > peak[right] else (right, left)
        parent[young] = elder
        yield young, elder
