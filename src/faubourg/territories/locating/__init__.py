"""Which perimeter, commune, EPCI and contract a point lies in, for a million points as for one.

*No* is an answer only where a layer is complete (`coverage.toml`); elsewhere the answer is *unknown here*.
"""

from .attribution import Label, register
from .columns import Choice, choose
from .locator import Asked, Locator, read_locator
from .run import Tally, locate_file

__all__ = [
    "Asked",
    "Choice",
    "Label",
    "Locator",
    "Tally",
    "choose",
    "locate_file",
    "read_locator",
    "register",
]
