"""Forms of the room `contracts`, a module an idea."""

from .calendar import (
    DatesForm,
    DeliverableForm,
    DeliveryForm,
    GivingBackForm,
    MilestoneForm,
    PhaseForm,
    ValidationForm,
    VersionedForm,
)
from .creation import CreateForm, OpenForm
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
    "CreateForm",
    "DatesForm",
    "DeliverableForm",
    "DeliveryForm",
    "EventForm",
    "GivingBackForm",
    "LineForm",
    "LinkForm",
    "MaquetteFilter",
    "MilestoneForm",
    "MoneyField",
    "MoneyFileForm",
    "OpenForm",
    "PhaseForm",
    "ReserveForm",
    "RowForm",
    "SheetForm",
    "ValidationForm",
    "VersionedForm",
]
