"""Reads of the room `territories`: places, what lies in them, their figures and what happened to them."""

from .benchmarks import standings_of
from .contours import Drawing, draw, outlines_around, perimeters_around
from .figures import FigureLine, FigureTheme, by_theme, figures_of, sheet_figures
from .lists import (
    all_communes,
    all_departements,
    all_epcis,
    all_neighbourhoods,
    all_regions,
)
from .places import near_places, place_at, place_meant_by
from .sources import FindingGroup, all_sources, findings_of, uses_of
from .surroundings import (
    communes_and_neighbours,
    communes_in,
    communes_of,
    departements_in,
    epcis_in,
    neighbourhoods_in,
)
from .thread import (
    Ancestry,
    aliases_of,
    corrections_of,
    history_of,
    in_force,
    perimeters_of,
    resources_of,
)

__all__ = [
    "Ancestry",
    "Drawing",
    "FigureLine",
    "FigureTheme",
    "FindingGroup",
    "aliases_of",
    "all_communes",
    "all_departements",
    "all_epcis",
    "all_neighbourhoods",
    "all_regions",
    "all_sources",
    "by_theme",
    "communes_and_neighbours",
    "communes_in",
    "communes_of",
    "corrections_of",
    "departements_in",
    "draw",
    "epcis_in",
    "figures_of",
    "findings_of",
    "history_of",
    "in_force",
    "near_places",
    "neighbourhoods_in",
    "outlines_around",
    "perimeters_around",
    "perimeters_of",
    "place_at",
    "place_meant_by",
    "resources_of",
    "sheet_figures",
    "standings_of",
    "uses_of",
]
