"""What decides that a piece of town becomes a candidate; each figure with its source.

Two are the law's (people, density); the others were chosen in the middle of their plateau on the one town
whose real contours are at hand, and hold for its neighbours of the plateau as well.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

# Poor in France: below 60 % of the median; the same 60 % as the law's threshold S.
LEGAL_SHARE = 0.6
# Share of poor people over the whole country (Filosofi 2017), which tells how incomes spread.
NATIONAL_POVERTY = 0.145
# Spread of log incomes inside a poor neighbourhood (ninth decile about 2.9 times the first).
INNER_SPREAD = 0.42


@dataclass(frozen=True)
class Preset:
    """People: inhabitants. Density: inhabitants per km². Kernel: in cells. Prior: inhabitants."""

    name: str
    people: float = 1_000.0  # décret 2014-767 art. 2; décret 2014-1575
    density: float = 0.0
    national_cut: float = 0.265  # share of poor people from which a place counts, in a town of median income
    kernel: float = 0.5  # standard deviation of the smoothing, in cells; plateau 0.4 to 0.6
    income_weight: float = 1 / 3  # how much the mean income counts beside the poverty share
    prior: float = 25.0  # a share measured on few people leans towards the town's own


HEXAGON = Preset("hexagon")
OVERSEAS = Preset("overseas", density=2_000.0)  # décret 2014-1575, chapter I
PRESETS = {preset.name: preset for preset in (HEXAGON, OVERSEAS)}


def town_median(poverty: float) -> float:
    """Median income of a town over the national one, from its share of poor people (log-normal law)."""
    spread = float(np.log(1 / LEGAL_SHARE) / -ndtri(NATIONAL_POVERTY))
    return float(LEGAL_SHARE * np.exp(-spread * ndtri(np.clip(poverty, 0.01, 0.6))))


def cut_for(poverty: float, preset: Preset = HEXAGON) -> float:
    """Share of poor people from which a place counts, in a town whose own share is `poverty`.

    The law's S is 0.6 × (0.7·NAT + 0.3·UU) (overseas the weights swap): a poorer town has a lower S, so a
    place must be poorer there. The move of S is carried over to the share of poor people by the normal law.
    """
    town = 0.7 if preset.density else 0.3
    move = np.log((1 - town) + town * town_median(poverty)) / INNER_SPREAD
    return float(ndtr(ndtri(preset.national_cut) - move))
