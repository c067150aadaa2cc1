"""The lattice of a grid, found from the centres of its cells: step, direction, origin.

A national grid seen in another projection is turned by a few degrees; over a town it stays a lattice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from .broken import BrokenGrid

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# `map`, or the same spread over workers: an act and its jobs, in; their results in order, out.
Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
# A centre may lie this far from its node, in cells: rounding of coordinates, curvature of a projection.
LOOSE = 0.25
LARGEST = 250_000_000


@dataclass(frozen=True)
class Lattice:
    """Centre of the cell (row, column) = origin + column·across + row·up, in the units of the file."""

    origin: tuple[float, float]
    across: tuple[float, float]
    up: tuple[float, float]

    @property
    def cell_area(self) -> float:
        """In the square of the file's unit."""
        return abs(self.across[0] * self.up[1] - self.across[1] * self.up[0])

    @property
    def size(self) -> float:
        """Side of a cell."""
        return float(np.sqrt(self.cell_area))

    def to_world(self, points: Floats) -> Floats:
        """(n, 2) of column and row, where whole numbers are centres, to (n, 2) of x and y."""
        basis = np.array([self.across, self.up])
        return np.asarray(points @ basis + np.array(self.origin))

    def finer(self, times: int) -> "Lattice":
        """The lattice of each cell cut in `times` × `times`."""
        corner = self.to_world(np.full((1, 2), (1 / times - 1) / 2))[0]
        return Lattice(
            (float(corner[0]), float(corner[1])),
            (self.across[0] / times, self.across[1] / times),
            (self.up[0] / times, self.up[1] / times),
        )


def fitted_lattice(x: Floats, y: Floats) -> tuple[Lattice, Ints, Ints]:
    """The lattice of these centres, and the row and column of each, from zero.

    Raises BrokenGrid when they follow no square lattice, or one too large to hold.
    """
    points = np.column_stack([x, y])
    step, angle = _step_and_angle(points)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * step
    start = points[0]
    nodes = np.rint((points - start) @ np.linalg.inv(turn))
    for _ in range(3):
        design = np.column_stack([np.ones(len(points)), nodes])
        fit, _, rank, _ = np.linalg.lstsq(design, points - start, rcond=None)
        if rank == 3:
            turn = fit[1:]
        origin = fit[0] if rank == 3 else np.zeros(2)
        nodes = np.rint((points - start - origin) @ np.linalg.inv(turn))
    away = np.abs((points - start - origin) @ np.linalg.inv(turn) - nodes).max()
    _refuse_loose(float(away), turn)
    low = nodes.min(axis=0)
    column, row = (nodes - low).astype(np.int64).T
    if (row.max() + 1) * (column.max() + 1) > LARGEST:
        raise BrokenGrid("La grille est trop étendue pour être tenue d’un bloc : découpez-la par région.")
    corner = start + origin + low @ turn
    return Lattice(_pair(corner), _pair(turn[0]), _pair(turn[1])), row, column


def _step_and_angle(points: Floats) -> tuple[float, float]:
    """Distance to the nearest other centre (median), and its direction folded into a quarter turn."""
    unique = np.unique(points, axis=0)
    if len(unique) < 4:
        raise BrokenGrid("La grille a moins de quatre carreaux distincts : on n’y lit pas de maille.")
    sample = unique[:: max(1, len(unique) // 50_000)]
    distance, nearest = cKDTree(unique).query(sample, k=2)
    step = float(np.median(distance[:, 1]))
    move = (unique[nearest[:, 1]] - sample)[np.abs(distance[:, 1] - step) < step / 5]
    angle = np.angle(np.exp(4j * np.arctan2(move[:, 1], move[:, 0])).mean()) / 4
    return step, float(angle)


def _refuse_loose(away: float, turn: Floats) -> None:
    across, up = np.hypot(*turn[0]), np.hypot(*turn[1])
    if away > LOOSE or abs(across / up - 1) > 0.02 or abs(turn[0] @ turn[1]) > 0.02 * across * up:
        raise BrokenGrid(
            "Les carreaux ne suivent pas une maille carrée régulière : donnez une grille d’un seul pas, "
            "dans sa projection d’origine."
        )


def _pair(vector: Any) -> tuple[float, float]:
    return float(vector[0]), float(vector[1])
