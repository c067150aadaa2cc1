"""What a grid proposes as the threshold moves: at each one its candidates, and which of them have merged.

A candidate keeps its key from one threshold to the next: the summit (the poorest piece) of the place. When
two places meet, the one whose summit is lower is absorbed by the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from .candidates import Proposal
from .lattice import Ints
from .levels import sweep_of
from .outlines import outlines

LEAST_PEOPLE = 1_000.0


@dataclass(frozen=True)
class Grown:
    """One candidate at one threshold. Shares 0 to 1; density per km²; surface in the square of the unit.

    `absorbed`: the keys of the candidates of the threshold just above that are now part of this one.
    """

    key: int
    outline: shapely.Geometry
    people: float
    poverty: float
    density: float
    imputed: float
    absorbed: tuple[int, ...]


@dataclass(frozen=True)
class Level:
    """Components: all continuous places; candidates: those with enough people, the most peopled first."""

    threshold: float
    components: int
    candidates: tuple[Grown, ...]

    @property
    def people(self) -> float:
        """Inhabitants of the candidates."""
        return float(sum(candidate.people for candidate in self.candidates))


def levels_of(
    proposal: Proposal, thresholds: Sequence[float], least: float = LEAST_PEOPLE
) -> Iterator[Level]:
    """One level a threshold, from the highest to the lowest, read from one sweep."""
    sweep = sweep_of(proposal.pieces, proposal.values)
    time = np.empty(len(sweep.order), dtype=np.int64)
    time[sweep.order] = np.arange(len(time))
    before = np.full(len(time), -1, dtype=np.int64)
    for threshold in sorted(thresholds, reverse=True):
        labels, count = sweep.labels_at(threshold, least)
        members = _members(labels, count)
        keys = [int(which[np.argmin(time[which])]) for which in members]
        found = _grown(proposal, (labels, count), members, keys, before)
        components = int(sweep.counts_at(np.array([threshold]))[0])
        yield Level(threshold, components, tuple(found))
        before = np.where(labels > 0, np.array([-1, *keys])[labels], -1)


def _members(labels: Ints, count: int) -> list[Ints]:
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(1, count + 2))
    return [order[a:b] for a, b in pairwise(edges)]


def _grown(
    proposal: Proposal, labelled: tuple[Ints, int], members: list[Ints], keys: list[int], before: Ints
) -> list[Grown]:
    """The candidates of one level, the most peopled first; `before`: the key of each piece one level up."""
    pieces, (labels, count) = proposal.pieces, labelled
    shapes = outlines(pieces.row, pieces.column, labels, count, pieces.lattice) if count else []
    found = []
    for which, key, shape in zip(members, keys, shapes, strict=True):
        weight = pieces.people[which]
        shares = np.where(np.isfinite(pieces.poverty[which]), pieces.poverty[which], proposal.values[which])
        surface = len(which) * pieces.lattice.cell_area / 1e6
        found.append(
            Grown(
                key=key,
                outline=shape,
                people=float(weight.sum()),
                poverty=float(np.average(shares, weights=weight)),
                density=float(weight.sum()) / surface,
                imputed=float(np.average(pieces.imputed[which] > 0, weights=weight)),
                absorbed=tuple(int(one) for one in np.unique(before[which]) if one >= 0 and one != key),
            )
        )
    return sorted(found, key=lambda candidate: (-candidate.people, candidate.key))


def steps_around(cut: float, share: float) -> list[float]:
    """The thresholds worth a stop, in whole points of poverty: a town poor as a whole starts higher.

    `share`: of poor people over the town. Up to 95 %; the caller leaves those where nothing stands any more.
    """
    first = max(5, round(100 * min(share, cut) * 0.7))
    return [step / 100 for step in range(first, 96)]
