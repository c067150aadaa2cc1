"""The rules of a call for projects: who may ask, of how much, until when, and what follows.

`judge(facts, rule_set, at)` applies a set that an authority wrote as data (`reading.read`, `presets.preset`).
"""

from .facts import Claim, Facts
from .judging import judge, judge_window
from .opening import Opening, Phase, due_moves, may_receive, opening, state_at
from .reading import Read, read, read_json
from .rule_set import Base, Condition, RuleSet, Sanction, Step, resolve
from .simulation import Past, Simulation, simulate

__all__ = [
    "Base",
    "Claim",
    "Condition",
    "Facts",
    "Opening",
    "Past",
    "Phase",
    "Read",
    "RuleSet",
    "Sanction",
    "Simulation",
    "Step",
    "due_moves",
    "judge",
    "judge_window",
    "may_receive",
    "opening",
    "read",
    "read_json",
    "resolve",
    "simulate",
    "state_at",
]
