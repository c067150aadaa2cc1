"""A draft rule set tried on past dossiers: which would have been answered otherwise, and by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..verdict import Reason, Verdict, mark
from .facts import Facts
from .judging import judge
from .rule_set import RuleSet


@dataclass(frozen=True, slots=True)
class Past:
    """A dossier as it was judged, at the moment it was."""

    ref: str
    facts: Facts
    at: datetime


@dataclass(frozen=True, slots=True)
class Flip:
    """One whose answer changes; `reasons` are those of the draft that decide the new answer."""

    ref: str
    before: bool | None
    after: bool | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """`flips` in the order of the dossiers."""

    total: int
    flips: tuple[Flip, ...]

    @property
    def told(self) -> Reason:
        """« 14 dossiers sur 212 recevraient une autre réponse »."""
        params = {"n": len(self.flips), "total": self.total}
        sentence = (
            mark("{n} dossier(s) sur {total} recevraient une autre réponse : les voici.")
            if self.flips
            else mark("Aucun des {total} dossiers ne recevrait une autre réponse.")
        )
        return Reason("simulation", None, sentence, params, self.total, len(self.flips), decides=False)


def simulate(past: Iterable[Past], current: RuleSet, draft: RuleSet) -> Simulation:
    """Both sets judge the same facts at the same moment."""
    total, flips = 0, []
    for one in past:
        total += 1
        before, after = judge(one.facts, current, one.at), judge(one.facts, draft, one.at)
        if before.ok is not after.ok:
            flips.append(Flip(one.ref, before.ok, after.ok, _deciding(before, after)))
    return Simulation(total, tuple(flips))


def _deciding(before: Verdict, after: Verdict) -> tuple[Reason, ...]:
    """What fails or is unknown now; what failed or was unknown before, when all is well now."""
    of_after = tuple(reason for reason in after.reasons if reason.decides and not reason.met)
    return of_after or tuple(reason for reason in before.reasons if reason.decides and not reason.met)
