"""What a slider shows: at one threshold of a sweep, each continuous place with its people and its outline."""

from dataclasses import dataclass

import numpy as np
import shapely

from .cells import Cells
from .lattice import Floats
from .outlines import outlines
from .sweep import Sweep, swept


@dataclass(frozen=True)
class Place:
    """People: inhabitants. Cells: how many. Outline: in the coordinates of the grid."""

    people: float
    cells: int
    outline: shapely.Geometry


def places_at(sweep: Sweep, cells: Cells, threshold: float, *, least: float = 1_000.0) -> tuple[Place, ...]:
    """Places of at least `least` people where the swept value reaches the threshold, highest summit first.

    `cells`: those that were swept, in the same order. How many there are at all thresholds, and their
    people, without their outlines: `sweep.large_at(thresholds, least)`.
    """
    labels, count = sweep.labels_at(threshold, least)
    people = np.bincount(labels, weights=cells.people, minlength=count + 1)[1:]
    sizes = np.bincount(labels, minlength=count + 1)[1:]
    shapes = outlines(cells.row, cells.column, labels, count, cells.lattice)
    return tuple(map(Place, people.tolist(), sizes.tolist(), shapes))


def sweep_of(cells: Cells, values: Floats) -> Sweep:
    """The sweep of `Proposal.pieces` by its `values`: places touch by a side, as candidates do."""
    return swept(cells.row, cells.column, values, cells.people)
