"""Forms of the room: what people type about a place, its perimeters and its figures."""

from .imports import ImportForm, LayoutForm
from .parts import (
    AliasForm,
    CorrectionForm,
    FigureForm,
    LineageForm,
    ResourceForm,
    WithdrawForm,
)
from .perimeters import DrawForm, NeighbourhoodForm, PickForm, UploadForm
from .sheet import SheetForm

__all__ = [
    "AliasForm",
    "CorrectionForm",
    "DrawForm",
    "FigureForm",
    "ImportForm",
    "LayoutForm",
    "LineageForm",
    "NeighbourhoodForm",
    "PickForm",
    "ResourceForm",
    "SheetForm",
    "UploadForm",
    "WithdrawForm",
]
