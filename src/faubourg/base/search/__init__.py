"""The one search of the house: rooms announce what can be found, anybody finds it whatever the spelling.

`announce` and `withdraw` write, `find` and `results` read; `register` names a kind at start-up.
"""

from faubourg.base.models import SearchTerm

from .announcing import announce, withdraw
from .entries import Hit, Results, Searchable
from .finding import find, readable, results
from .kinds import Kind, all_kinds, kind_named, register
from .memory import forget

__all__ = [
    "Hit",
    "Kind",
    "Results",
    "SearchTerm",
    "Searchable",
    "all_kinds",
    "announce",
    "find",
    "forget",
    "kind_named",
    "readable",
    "register",
    "results",
    "withdraw",
]
