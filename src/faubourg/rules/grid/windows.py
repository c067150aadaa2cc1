"""A large grid smoothed window by window, so that memory stays bounded and workers can share the country.

Each window sees the cells within the kernel's reach around it: the result is the same, to the last bit.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .cells import Cells
from .lattice import Floats, Ints
from .smoothing import Smoothing, refined, smoothed

# Side of a window, in cells: about a région.
SIDE = 512

Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Window:
    """The cells of a window and of its surroundings, its own ones first, and how to smooth them."""

    cells: Cells
    shares: Floats
    own: int
    how: Smoothing


def smoothed_by_window(cells: Cells, shares: Floats, how: Smoothing, mapper: Mapper = map) -> Floats:
    """Values of all pieces, cell after cell, `times`² pieces each."""
    places = list(window_cells(cells, how.reach))
    jobs = (Window(_part(cells, seen), shares[seen], len(own), how) for own, seen in places)
    values = np.empty((len(cells.people), how.times**2))
    for (own, _), found in zip(places, mapper(window_values, jobs), strict=True):
        values[own] = found
    return values.ravel()


def window_values(window: Window) -> Floats:
    """Values of a window's own cells, of shape (own, times²); what a worker runs."""
    pieces, source = refined(window.cells, window.how.times)
    values = smoothed(pieces, window.shares[source], window.how)
    return values.reshape(len(window.cells.people), -1)[: window.own]


def window_cells(cells: Cells, reach: int, side: int = SIDE) -> Iterator[tuple[Ints, Ints]]:
    """For each window that holds someone: its cells, and these followed by those around."""
    rows, columns = cells.row // side, cells.column // side
    across = int(columns.max()) + 1
    for row, column in (divmod(int(key), across) for key in np.unique(rows * across + columns)):
        inside = (rows == row) & (columns == column)
        around = (
            (np.abs(cells.row - (row * side + (side - 1) / 2)) <= side / 2 + reach)
            & (np.abs(cells.column - (column * side + (side - 1) / 2)) <= side / 2 + reach)
            & ~inside
        )
        own = np.flatnonzero(inside)
        yield own, np.concatenate([own, np.flatnonzero(around)])


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
