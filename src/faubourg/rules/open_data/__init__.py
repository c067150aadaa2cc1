"""Grants as open data: the French schema SCDL « subventions » 2.1.1 and the 360Giving standard."""

from .giving import giving
from .grant import Grant, Instalment
from .scdl import COLUMNS, problems, row

__all__ = ["COLUMNS", "Grant", "Instalment", "giving", "problems", "row"]
