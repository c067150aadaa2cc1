"""Candidate perimeters of a grid, each with its outline, its score and the reasons for it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from .broken import BrokenGrid
from .cells import Cells
from .components import kept_components, large_enough
from .lattice import Floats, Ints, Mapper
from .outlines import compactness, outlines
from .preset import HEXAGON, Preset, cut_for
from .smoothing import Smoothing, poverty_equivalent, refined, town_poverty
from .windows import placed_by_window

PIECES = 4
# Beyond this many pieces of raster a country is worked cell by cell.
LARGEST_RASTER = 40_000_000
PROXY = (
    "Approximation : la grille publique ne contient pas le revenu médian déclaré que la loi compare "
    "au seuil. À vérifier sur place et à redessiner avec les communes."
)


@dataclass(frozen=True)
class Candidate:
    """People: inhabitants. Density: per km². Shares: 0 to 1. Score: 1 = at the cut."""

    rank: int
    outline: shapely.Geometry
    people: float
    cells: int
    poverty: float
    density: float
    compactness: float
    imputed: float
    score: float
    explanation: str


@dataclass(frozen=True)
class Proposal:
    """The candidates, best first, and what decided; `values`, `labels`: one per piece of cell."""

    candidates: tuple[Candidate, ...]
    cut: float
    town_poverty: float
    pieces: Cells
    values: Floats
    labels: Ints


@dataclass(frozen=True)
class _Town:
    """What every candidate is told against."""

    pieces: Cells
    source: Ints
    values: Floats
    cut: float
    poverty: float


def candidates_of(
    cells: Cells, *, preset: Preset = HEXAGON, cut: float | None = None, mapper: Mapper = map
) -> Proposal:
    """Continuous places where the smoothed share of poor people reaches the cut and enough people live.

    `cut`: share of poor people, 0 to 1, derived from the town's own when absent. The lattice is in metres.
    `mapper` spreads the windows of a large grid, then the outlines of what they found, as `map` does or over
    workers, with the identical result.
    Labels count from 1 in the order of the candidates, 0 is outside.
    """
    if cut is not None and not 0 < cut < 1:
        raise BrokenGrid("Le seuil est une part de personnes pauvres, entre 0 et 1 : par exemple 0.28.")
    poverty = town_poverty(cells)
    cut = cut_for(poverty, preset) if cut is None else cut
    times = PIECES if cells.shape[0] * cells.shape[1] * PIECES**2 <= LARGEST_RASTER else 1
    pieces, source = refined(cells, times)
    shares = poverty_equivalent(cells, preset.income_weight)
    how = Smoothing(times, poverty, preset)
    values, labels, count = placed_by_window(pieces, cells, shares, how=how, cut=cut, mapper=mapper)
    labels, count = large_enough(labels, count, pieces.people, preset.people)
    labels, count = _dense_enough(pieces, labels, count, preset.density)
    labels = _by_score(pieces, labels, count, values - cut)
    town = _Town(pieces, source, values, cut, poverty)
    shapes = outlines(pieces.row, pieces.column, labels, count, pieces.lattice, mapper=mapper)
    members = _members(labels, count)
    found = tuple(_candidate(town, which, 1 + i, shapes[i]) for i, which in enumerate(members))
    return Proposal(found, cut, poverty, pieces, values, labels)


def _members(labels: Ints, count: int) -> list[Ints]:
    """The pieces of each label from 1 to `count`."""
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(1, count + 2))
    return [order[a:b] for a, b in pairwise(edges)]


def _dense_enough(pieces: Cells, labels: Ints, count: int, least: float) -> tuple[Ints, int]:
    """The components whose inhabitants per km² reach `least`."""
    people = np.bincount(labels, weights=pieces.people, minlength=count + 1)
    surface = np.bincount(labels, minlength=count + 1) * pieces.lattice.cell_area / 1e6
    return kept_components(labels, people >= least * surface)


def _by_score(pieces: Cells, labels: Ints, count: int, excess: Floats) -> Ints:
    """Labels numbered again: the most people above the cut, by how much, first."""
    total = np.bincount(labels, weights=pieces.people * excess, minlength=count + 1)[1:]
    place = np.zeros(count + 1, dtype=np.int64)
    place[1 + np.argsort(-total, kind="stable")] = np.arange(1, count + 1)
    return np.asarray(place[labels])


def _candidate(town: _Town, which: Ints, rank: int, outline: shapely.Geometry) -> Candidate:
    pieces, weight = town.pieces, town.pieces.people[which]
    people = float(weight.sum())
    shares = np.where(np.isfinite(pieces.poverty[which]), pieces.poverty[which], town.values[which])
    poverty = float(np.average(shares, weights=weight))
    imputed = float(np.average(pieces.imputed[which] > 0, weights=weight))
    score = float(np.average(town.values[which], weights=weight)) / town.cut
    surface = len(which) * pieces.lattice.cell_area / 1e6
    crossed = len(np.unique(town.source[which]))
    form = compactness(outline)
    text = (
        f"{people:.0f} habitants sur {crossed} carreaux ; {100 * poverty:.0f} % de personnes pauvres "
        f"({100 * town.poverty:.0f} % dans la ville, seuil {100 * town.cut:.0f} %) ; compacité {form:.2f} ; "
        f"{100 * imputed:.0f} % d’habitants dans des carreaux estimés."
    )
    return Candidate(rank, outline, people, crossed, poverty, people / surface, form, imputed, score, text)
