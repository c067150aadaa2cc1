"""The circuits of urban proximity, each one table: nothing else decides which act leads where."""

from ...circuit import Circuit, Transition
from .agreement import TFPB
from .report import BEING_TREATED, ON_THE_CLOCK, OPEN, REPORT, SETTLED
from .walk import WALK

CIRCUITS = (REPORT, WALK, TFPB)

__all__ = [
    "BEING_TREATED",
    "CIRCUITS",
    "ON_THE_CLOCK",
    "OPEN",
    "REPORT",
    "SETTLED",
    "TFPB",
    "WALK",
    "Circuit",
    "Transition",
]
