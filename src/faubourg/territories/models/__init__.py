"""Where: territories, their perimeters through time, and figures that are never naked."""

from .figure import Figure, Indicator
from .grid_extract import GridExtract, GridLevel
from .history import Alias, Correction, Lineage
from .imports import FigureImport
from .local_resource import LocalResource
from .path import PathStep
from .perimeter import Perimeter
from .perimeter_change import PerimeterChange
from .source import Source, SourceFinding
from .stated_phase import StatedPhase
from .territory import Commune, Departement, Epci, Ept, Neighbourhood, Region, Territory, UrbanUnit

__all__ = [
    "Alias",
    "Commune",
    "Correction",
    "Departement",
    "Epci",
    "Ept",
    "Figure",
    "FigureImport",
    "GridExtract",
    "GridLevel",
    "Indicator",
    "Lineage",
    "LocalResource",
    "Neighbourhood",
    "PathStep",
    "Perimeter",
    "PerimeterChange",
    "Region",
    "Source",
    "SourceFinding",
    "StatedPhase",
    "Territory",
    "UrbanUnit",
]
