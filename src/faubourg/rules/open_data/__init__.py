"""Grants as open data: the French schema SCDL « subventions » 2.1.1 and the 360Giving standard."""

from .giving import giving
from .grant import Grant, Instalment
from .scdl import COLUMNS, Column, problems, row

__all__ = ["COLUMNS", "Column", "Grant", "Instalment", "giving", "problems", "row"]
