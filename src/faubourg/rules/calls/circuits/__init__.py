"""The circuits of a call for projects, each one table: nothing else decides which act leads where."""

from ...circuit import Circuit, Transition
from .application import APPLICATION
from .call import CALL
from .intent import INTENT
from .microproject import MICROPROJECT
from .money import FUNDER_DECISION, PAYMENT_CIRCUIT, REPORT_CIRCUIT
from .recovery import RECOVERY
from .sitting import SITTING

CIRCUITS = (
    CALL,
    INTENT,
    APPLICATION,
    FUNDER_DECISION,
    PAYMENT_CIRCUIT,
    REPORT_CIRCUIT,
    SITTING,
    MICROPROJECT,
    RECOVERY,
)

__all__ = [
    "APPLICATION",
    "CALL",
    "CIRCUITS",
    "FUNDER_DECISION",
    "INTENT",
    "MICROPROJECT",
    "PAYMENT_CIRCUIT",
    "RECOVERY",
    "REPORT_CIRCUIT",
    "SITTING",
    "Circuit",
    "Transition",
]
