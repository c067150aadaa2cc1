"""Candidate perimeters from an income grid: cells in, explained outlines out.

No public algorithm draws the contours of priority neighbourhoods: the State proposes from the 200 m grid,
then mayors redraw. This does the first half. Its answers are a *proxy*: a public grid holds no median
declared income.
"""

from .broken import BrokenGrid
from .candidates import Candidate, Proposal, candidates_of
from .cells import Cells, checked_cells
from .compare import Comparison, compared
from .components import components_at
from .lattice import Lattice, fitted_lattice
from .levels import Place, places_at, sweep_of
from .preset import HEXAGON, OVERSEAS, PRESETS, Preset
from .sweep import Sweep, swept

__all__ = [
    "HEXAGON",
    "OVERSEAS",
    "PRESETS",
    "BrokenGrid",
    "Candidate",
    "Cells",
    "Comparison",
    "Lattice",
    "Place",
    "Preset",
    "Proposal",
    "Sweep",
    "candidates_of",
    "checked_cells",
    "compared",
    "components_at",
    "fitted_lattice",
    "places_at",
    "sweep_of",
    "swept",
]
