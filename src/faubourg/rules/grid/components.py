"""Continuous places at one threshold: cells that touch by a side, or also by a corner."""

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from .lattice import Floats, Ints

SIDES = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
CORNERS = np.ones((3, 3), dtype=int)


def components_at(
    row: Ints, column: Ints, chosen: npt.NDArray[np.bool_], *, corners: bool = False
) -> tuple[Ints, int]:
    """Label of each cell, from 1, 0 where not chosen; and how many there are.

    A whole country fits: the raster holds one byte a cell and four for the labels.
    """
    if not chosen.any():
        return np.zeros(len(row), dtype=np.int64), 0
    raster = np.zeros((int(row.max()) + 1, int(column.max()) + 1), dtype=np.bool_)
    raster[row[chosen], column[chosen]] = True
    labels = np.empty(raster.shape, dtype=np.int32)
    count = ndimage.label(raster, CORNERS if corners else SIDES, output=labels)
    return labels[row, column].astype(np.int64), int(count)


def kept_components(labels: Ints, stays: npt.NDArray[np.bool_]) -> tuple[Ints, int]:
    """Labels numbered again from 1 when only some stay; `stays` has one place per label, 0 included."""
    stays = stays.copy()
    stays[0] = False
    fresh = np.where(stays, np.cumsum(stays), 0)
    return fresh[labels], int(stays.sum())


def large_enough(labels: Ints, count: int, people: Floats, least: float) -> tuple[Ints, int]:
    """Only the components of at least `least` people stay."""
    return kept_components(labels, np.bincount(labels, weights=people, minlength=count + 1) >= least)
