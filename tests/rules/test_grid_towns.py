"""Towns of other sizes, densities and poverty than the one whose real contours are at hand, same defaults.

Each is drawn from a seed with poor places whose contours are known: most are found, and not much more.
"""

from dataclasses import dataclass, replace

import numpy as np
import pytest
import shapely
from scipy import ndimage

from faubourg.rules.grid import (
    HEXAGON,
    OVERSEAS,
    Cells,
    Comparison,
    Preset,
    Proposal,
    candidates_of,
    checked_cells,
    compared,
)


@dataclass(frozen=True)
class Town:
    """Side: in cells. People: outside poor places. Size: people of each. Shares of poor people, 0 to 1."""

    side: int
    people: float
    places: int
    size: float
    poor: float = 0.42
    elsewhere: float = 0.12
    noise: float = 0.06
    filled: float = 0.75
    step: float = 200.0


def grown(town: Town, seed: int) -> tuple[Cells, list[shapely.Geometry]]:
    """Its cells, and the contours of its poor places."""
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[0 : town.side, 0 : town.side]
    far = np.hypot(y - town.side / 2, x - town.side / 2) / town.side
    people = np.exp(-9 * far + 0.5 * chance.standard_normal(far.shape))
    people *= chance.random(far.shape) < town.filled * np.exp(-1.2 * far)
    people *= town.people / people.sum()
    shares, taken, contours = np.full(far.shape, town.elsewhere), np.zeros(far.shape, dtype=bool), []
    while len(contours) < town.places:
        angle, away = chance.uniform(0, 2 * np.pi), chance.uniform(0.05, 0.38) * town.side
        middle = town.side // 2 + away * np.array([np.sin(angle), np.cos(angle)])
        place = np.hypot(y - middle[0], x - middle[1]) <= chance.uniform(1.3, 2.4)
        if (ndimage.binary_dilation(place, iterations=3) & taken).any():
            continue
        taken |= place
        people[place] = town.size / place.sum() * chance.uniform(0.7, 1.3, place.sum())
        shares[place] = town.poor + 0.06 * chance.standard_normal(place.sum())
        contours.append(_around(*np.nonzero(place), town.step))
    row, column = np.nonzero(people >= 1)
    held = np.rint(people[row, column])
    noise = town.noise * chance.standard_normal(len(row)) * np.sqrt(60 / np.maximum(held, 20))
    poverty = np.clip(shares[row, column] + noise, 0, 0.9)
    income = 24_000 * np.exp(-1.3 * poverty + 0.1 * chance.standard_normal(len(row)))
    cells, _ = checked_cells(
        (column + 0.5) * town.step, (row + 0.5) * town.step, held, poverty=poverty, income=income
    )
    return cells, contours


def _around(row: np.ndarray, column: np.ndarray, step: float) -> shapely.Geometry:
    return shapely.union_all(
        shapely.box(column * step, row * step, (column + 1) * step, (row + 1) * step)
    ).buffer(-step / 10)


def judged(town: Town, seed: int, preset: Preset = HEXAGON) -> tuple[Proposal, Comparison]:
    cells, contours = grown(town, seed)
    proposal = candidates_of(cells, preset=preset)
    return proposal, compared(proposal.pieces, (proposal.labels > 0).astype(float), contours)


TOWNS = {
    "a small town, one place": Town(25, 10_000, 1, 2_500, poor=0.45),
    "a town of 60,000": Town(50, 50_000, 4, 3_000),
    "a city of 300,000": Town(90, 260_000, 12, 4_500, elsewhere=0.13),
    "a poor town": Town(60, 60_000, 6, 4_000, poor=0.52, elsewhere=0.2),
    "a town that sprawls": Town(150, 90_000, 5, 2_500, filled=0.3),
    "figures that are noisy": Town(60, 90_000, 5, 2_500, noise=0.15),
    "cells of one kilometre": Town(40, 400_000, 5, 9_000, elsewhere=0.13, step=1_000.0),
}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", TOWNS)
def test_the_defaults_find_the_poor_places_of_other_towns(name, seed):
    town = TOWNS[name]
    _, told = judged(town, seed)
    assert told.found >= town.places - 1
    assert told.recall > 0.8
    assert told.precision > 0.7
    assert told.population_iou > 0.65


@pytest.mark.parametrize("seed", [1, 2])
def test_overseas_the_dense_poor_places_are_found_and_the_sparse_ones_are_not(seed):
    dense = Town(60, 130_000, 6, 4_500, poor=0.62, elsewhere=0.36)
    proposal, told = judged(dense, seed, OVERSEAS)
    assert told.found >= 5
    assert told.population_iou > 0.65
    assert all(candidate.density >= 2_000 for candidate in proposal.candidates)
    sparse = Town(60, 60_000, 4, 700, poor=0.62, elsewhere=0.36)
    assert not judged(sparse, seed, OVERSEAS)[0].candidates


@pytest.mark.parametrize("seed", [1, 2])
def test_a_town_without_poor_places_has_no_candidate(seed):
    assert not judged(Town(50, 50_000, 0, 0), seed)[0].candidates


@pytest.mark.parametrize("step", [5_000, 1_000_000])
def test_incomes_told_by_steps_or_all_alike_hide_no_poor_place(step):
    """Estimated cells share the income of a larger square: equal incomes stand at one rank."""
    cells, contours = grown(TOWNS["a town of 60,000"], 1)
    stepped = replace(cells, income=np.ceil(cells.income / step) * step)
    proposal = candidates_of(stepped)
    told = compared(proposal.pieces, (proposal.labels > 0).astype(float), contours)
    assert told.found >= 3
    assert told.population_iou > 0.65
