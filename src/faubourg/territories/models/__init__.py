"""Where: territories, their perimeters through time, and figures that are never naked."""

from .figure import Figure, Indicator
from .history import Alias, Correction, Lineage
from .imports import FigureImport
from .local_resource import LocalResource
from .path import PathStep
from .perimeter import Perimeter
from .source import Source, SourceFinding
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
    "Indicator",
    "Lineage",
    "LocalResource",
    "Neighbourhood",
    "PathStep",
    "Perimeter",
    "Region",
    "Source",
    "SourceFinding",
    "Territory",
    "UrbanUnit",
]
