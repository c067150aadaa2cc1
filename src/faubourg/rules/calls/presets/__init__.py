"""The rule sets that ship with Faubourg, as data that goes through the same reader as anybody's."""

from typing import Any

from ..reading import read
from ..rule_set import RuleSet
from .hdf_2017 import HDF_2017
from .npdc_2014 import NPDC_2014

DATA: dict[str, dict[str, Any]] = {told["id"]: told for told in (NPDC_2014, HDF_2017)}


def preset(name: str) -> RuleSet:
    """The set of this name. Raises KeyError when none ships under it."""
    found = read(DATA[name])
    if found.rule_set is None:
        raise ValueError("\n".join(problem.sentence for problem in found.problems))
    return found.rule_set
