"""A large grid worked window by window, so that memory stays bounded and workers can share the country.

Each window sees the cells within the kernel's reach around it: its values are the same, to the last bit. What
windows find on both sides of their common limit is joined, and numbered as if there were one window.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from .cells import Cells
from .components import components_at
from .lattice import Floats, Ints, Mapper
from .smoothing import Smoothing, refined, smoothed

# Side of a window, in cells: about a région.
SIDE = 512


@dataclass(frozen=True)
class Window:
    """The cells of a window and of its surroundings, its own ones first, and how to judge them."""

    cells: Cells
    shares: Floats
    own: int
    how: Smoothing
    cut: float


def placed_by_window(
    pieces: Cells,
    cells: Cells,
    shares: Floats,
    *,
    how: Smoothing,
    cut: float,
    mapper: Mapper = map,
    side: int = SIDE,
) -> tuple[Floats, Ints, int]:
    """Value and label of each piece, and how many labels.

    Pieces: the cells, `how.times`² for each, in order. Labels count from 1 in the order of reading, row after
    row; 0 where the value is under the cut.
    """
    places = list(window_cells(cells, how.reach, side))
    jobs = (Window(_part(cells, seen), shares[seen], len(own), how, cut) for own, seen in places)
    values = np.empty((len(cells.people), how.times**2))
    labels = np.zeros(values.shape, dtype=np.int64)
    count = 0
    for (own, _), (found, named, new) in zip(places, mapper(window_places, jobs), strict=True):
        values[own] = found
        labels[own] = np.where(named > 0, named + count, 0)
        count += new
    labels, count = _joined(pieces, labels.ravel(), count, side * how.times)
    return values.ravel(), labels, count


def window_places(window: Window) -> tuple[Floats, Ints, int]:
    """Values and labels of a window's own cells, of shape (own, times²), and how many; what a worker runs."""
    pieces, source = refined(window.cells, window.how.times)
    shape = (window.own, window.how.times**2)
    own = shape[0] * shape[1]
    values = smoothed(pieces, window.shares[source], window.how)[:own]
    labels, count = components_at(pieces.row[:own], pieces.column[:own], values >= window.cut)
    return values.reshape(shape), labels.reshape(shape), count


def window_cells(cells: Cells, reach: int, side: int = SIDE) -> Iterator[tuple[Ints, Ints]]:
    """For each window that holds someone: its cells, and these followed by those around.

    `reach` is at most `side`: what is around lies in the eight windows beside.
    """
    across = int(cells.column.max()) // side + 3
    key = (cells.row // side + 1) * across + cells.column // side + 1
    order = np.argsort(key, kind="stable")
    windows, starts = np.unique(key[order], return_index=True)
    held = dict(zip(windows.tolist(), np.split(order, starts[1:]), strict=True))
    beside = [down * across + right for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
    for window, own in held.items():
        around = np.concatenate([own[:0], *(held[window + step] for step in beside if window + step in held)])
        row, column = divmod(window, across)
        near = [
            np.abs(place[around] - ((middle - 1) * side + (side - 1) / 2)) <= side / 2 + reach
            for place, middle in ((cells.row, row), (cells.column, column))
        ]
        yield own, np.concatenate([own, np.sort(around[near[0] & near[1]])])


def _joined(pieces: Cells, labels: Ints, count: int, side: int) -> tuple[Ints, int]:
    """One label for what touches across the limits of windows, `side` pieces apart; in order of reading."""
    links = [
        _across(along, other, labels, side)
        for along, other in ((pieces.row, pieces.column), (pieces.column, pieces.row))
    ]
    one, two = (np.concatenate(ends) for ends in zip(*links, strict=True))
    graph = coo_matrix((np.ones(len(one), dtype=np.int8), (one, two)), shape=(count + 1, count + 1))
    groups, group = connected_components(graph, directed=False)
    there = np.flatnonzero(labels)
    place = pieces.row * pieces.shape[1] + pieces.column
    first = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(first, group[labels[there]], place[there])
    number = np.empty(groups, dtype=np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(1, groups + 1)
    found = np.zeros(len(labels), dtype=np.int64)
    found[there] = number[group[labels[there]]]
    return found, groups - 1


def _across(along: Ints, other: Ints, labels: Ints, side: int) -> tuple[Ints, Ints]:
    """The labels that face each other where a window ends and the next one begins."""
    width = int(other.max()) + 1
    last, first = (np.flatnonzero((labels > 0) & (along % side == place)) for place in (side - 1, 0))
    ends, begins = (along[last] + 1) * width + other[last], along[first] * width + other[first]
    _, one, two = np.intersect1d(ends, begins, assume_unique=True, return_indices=True)
    return labels[last[one]], labels[first[two]]


def _part(cells: Cells, which: Ints) -> Cells:
    row, column = cells.row[which], cells.column[which]
    return replace(
        cells,
        row=row - row.min(),
        column=column - column.min(),
        people=cells.people[which],
        poverty=cells.poverty[which],
        income=cells.income[which],
        imputed=cells.imputed[which],
    )
