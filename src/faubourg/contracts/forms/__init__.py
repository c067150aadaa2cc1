"""Forms of the room `contracts`, a module an idea."""

from .sheet import AnalysisForm, LinkForm, SheetForm

__all__ = ["AnalysisForm", "LinkForm", "SheetForm"]
