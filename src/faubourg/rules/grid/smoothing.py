"""How poor each place is, once noise is smoothed: a share of poor people weighted by who lives around.

Cells are cut finer before smoothing, because real contours follow streets, not the sides of 200 m squares.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.special import ndtr

from .cells import Cells
from .lattice import Floats, Ints
from .preset import INNER_SPREAD, LEGAL_SHARE, Preset


def town_poverty(cells: Cells) -> float:
    """Share of poor people over the whole grid."""
    shares = poverty_equivalent(cells, 0.0)
    known = np.isfinite(shares)
    return float(np.average(shares[known], weights=cells.people[known]))


def poverty_equivalent(cells: Cells, income_weight: float) -> Floats:
    """Share of poor people of each cell, its income taken into account, NaN where nothing is known.

    An income counts as the share of poor people found at the same rank of the town (people counted), so that
    neither its unit nor its year matters. Without any share, the log-normal law gives one from the income.
    """
    known = np.isfinite(cells.income)
    both = known & np.isfinite(cells.poverty)
    if not both.any():
        return cells.poverty if np.isfinite(cells.poverty).any() else _from_income(cells)
    # The same income everywhere tells nothing; equal ones stand at one rank, in the middle of theirs, as
    # estimated cells do that share that of a larger square.
    incomes, which = np.unique(-cells.income[both], return_inverse=True)
    if len(incomes) == 1:
        return cells.poverty
    weight = cells.people[both]
    ladder = np.argsort(cells.poverty[both], kind="stable")
    middle = np.cumsum(weight[ladder]) - weight[ladder] / 2
    held = np.bincount(which, weights=weight)
    rank = np.cumsum(held) - held / 2
    at_rank = np.interp(rank, middle, cells.poverty[both][ladder])
    alike = np.where(known, np.interp(-np.where(known, cells.income, 0.0), incomes, at_rank), np.nan)
    mixed = (1 - income_weight) * cells.poverty + income_weight * alike
    return np.where(np.isfinite(mixed), mixed, np.where(np.isfinite(cells.poverty), cells.poverty, alike))


def _from_income(cells: Cells) -> Floats:
    """Share of people under 60 % of the town's median, were incomes log-normal in each cell."""
    from_median = _weighted_median(cells.income, cells.people)
    return _share_below(cells.income / from_median)


def refined(cells: Cells, times: int) -> tuple[Cells, Ints]:
    """Each cell cut in `times` × `times` that share its people evenly, and the cell each piece comes from."""
    pieces = np.arange(times)
    down, right = (a.ravel() for a in np.meshgrid(pieces, pieces, indexing="ij"))
    source = np.repeat(np.arange(len(cells.row)), times * times)
    finer = Cells(
        cells.lattice.finer(times),
        (cells.row[:, None] * times + down).ravel(),
        (cells.column[:, None] * times + right).ravel(),
        cells.people[source] / (times * times),
        cells.poverty[source],
        cells.income[source],
        cells.imputed[source],
    )
    return finer, source


@dataclass(frozen=True)
class Smoothing:
    """`times` pieces make the side of a cell; `towards` is the town's own share of poor people."""

    times: int
    towards: float
    preset: Preset

    @property
    def reach(self) -> int:
        """How far, in cells, a cell still counts: the kernel is cut at four standard deviations."""
        return int(np.ceil(4 * self.preset.kernel)) + 1


def smoothed(pieces: Cells, shares: Floats, how: Smoothing) -> Floats:
    """Share of poor people around each piece: Gaussian kernel, weighted by people, leaning on the town's."""
    known = np.isfinite(shares)
    weight = np.where(known, pieces.people, 0.0)
    poor = _kernel(pieces, weight * np.where(known, shares, 0.0), how.preset.kernel * how.times)
    people = _kernel(pieces, weight, how.preset.kernel * how.times)
    prior = how.preset.prior / (how.times * how.times)
    return np.asarray((poor + prior * how.towards) / (people + prior))


def _kernel(pieces: Cells, values: Floats, spread: float) -> Floats:
    raster = np.zeros(pieces.shape)
    raster[pieces.row, pieces.column] = values
    ndimage.gaussian_filter(raster, spread, output=raster, mode="constant")
    return np.asarray(raster[pieces.row, pieces.column])


def _weighted_median(values: Floats, weights: Floats) -> float:
    known = np.isfinite(values)
    order = np.argsort(values[known])
    total = np.cumsum(weights[known][order])
    return float(values[known][order][np.searchsorted(total, total[-1] / 2)])


def _share_below(relative: Floats) -> Floats:
    return np.asarray(ndtr(np.log(LEGAL_SHARE / relative) / INNER_SPREAD))
