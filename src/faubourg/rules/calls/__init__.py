"""The rules of a call for projects: who may ask, of how much, until when, and what follows.

`judge(facts, rule_set, at)` applies a set that an authority wrote as data (`reading.read`, `presets.preset`).
"""

from .facts import Claim, Facts
from .judging import judge, judge_window
from .reading import Read, read, read_json
from .rule_set import Base, Condition, RuleSet, Sanction, Step, resolve
from .simulation import Past, Simulation, simulate

__all__ = [
    "Base",
    "Claim",
    "Condition",
    "Facts",
    "Past",
    "Read",
    "RuleSet",
    "Sanction",
    "Simulation",
    "Step",
    "judge",
    "judge_window",
    "read",
    "read_json",
    "resolve",
    "simulate",
]
