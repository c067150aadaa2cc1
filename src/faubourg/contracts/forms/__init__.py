"""Forms of the room `contracts`, a module an idea."""

from .money import (
    BulkForm,
    EventForm,
    LineForm,
    MaquetteFilter,
    MoneyField,
    MoneyFileForm,
    ReserveForm,
    RowForm,
)
from .sheet import AnalysisForm, LinkForm, SheetForm

__all__ = [
    "AnalysisForm",
    "BulkForm",
    "EventForm",
    "LineForm",
    "LinkForm",
    "MaquetteFilter",
    "MoneyField",
    "MoneyFileForm",
    "ReserveForm",
    "RowForm",
    "SheetForm",
]
