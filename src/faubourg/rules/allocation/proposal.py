"""The draft that a jury receives: which dossiers, which amounts, why not the others, what ranking would do.

The jury decides; this is a proposal with its trace. Every amount holds to the cent (`problems_of` checks it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from faubourg.rules.verdict import Reason, Verdict

from .amounts import Amounts, left_of
from .explain import minimum_lowered, why_not
from .facts import Call, Candidate, Request, candidates_of
from .leftover import filled_up
from .ranking import Ranking, ranked
from .solve import Infeasible, Solution, solve


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier: cents by request, nothing when it is not retained; the verdict explains a no."""

    ref: str
    retained: bool
    cents: Mapping[Request, int]
    verdict: Verdict

    @property
    def total_cents(self) -> int:
        """Every funder together."""
        return sum(self.cents.values())


@dataclass(frozen=True, slots=True)
class Proposal:
    """`value` and `bound`: weighted quality retained, and what no allocation exceeds; `gap`: their distance.

    `left_cents`: what each envelope still holds. `told`: minimums that were out of reach, and were lowered.
    """

    lines: tuple[Line, ...]
    value: float
    bound: float
    left_cents: tuple[int, ...]
    ranking: Ranking
    told: tuple[Reason, ...] = ()

    @property
    def gap(self) -> float:
        """The proved distance to the best, as a share of the bound (0.005 = 0.5 %)."""
        return max(0.0, (self.bound - self.value) / self.bound) if self.bound > 0 else 0.0

    @property
    def retained(self) -> tuple[str, ...]:
        """References of the dossiers that are proposed."""
        return tuple(line.ref for line in self.lines if line.retained)


def propose(call: Call, *, gap: float = 0.005) -> Proposal:
    """The proposal whose distance to the best is at most `gap` where the search proves it."""
    candidates = candidates_of(call)
    asked, told = call, tuple[Reason, ...]()
    while True:
        try:
            solution = filled_up(call, candidates, solve(call, candidates, gap=gap))
            break
        except Infeasible as refused:
            call = replace(call, terms=replace(call.terms, minimum_cents=_reachable(call, refused.lack)))
            told = _lowered(asked, call)
    left = left_of(call, candidates, solution.amounts)
    lines = tuple(_line(call, rank, candidates, solution, left) for rank in range(len(candidates)))
    return Proposal(lines, solution.value, solution.bound, tuple(left), ranked(call, candidates), told)


def _reachable(call: Call, lack: Mapping[str, int]) -> dict[str, int]:
    """Minimums less what is out of reach; none at all when the search cannot say what is."""
    if not lack:
        return {}
    return {
        territory: max(0, cents - lack.get(territory, 0))
        for territory, cents in call.terms.minimum_cents.items()
    }


def _lowered(asked: Call, call: Call) -> tuple[Reason, ...]:
    now = call.terms.minimum_cents
    return tuple(
        minimum_lowered(territory, wanted, now.get(territory, 0))
        for territory, wanted in asked.terms.minimum_cents.items()
        if now.get(territory, 0) < wanted
    )


def _line(
    call: Call, rank: int, candidates: Sequence[Candidate], solution: Solution, left: Sequence[int]
) -> Line:
    candidate = candidates[rank]
    if rank in solution.retained:
        return Line(candidate.dossier.ref, True, _given(candidate, rank, solution.amounts), Verdict.yes())
    return Line(candidate.dossier.ref, False, {}, why_not(call, candidate, left, solution.prices))


def _given(candidate: Candidate, rank: int, amounts: Amounts) -> dict[Request, int]:
    return {
        offer.request: amounts[rank, k] for k, offer in enumerate(candidate.offers) if amounts.get((rank, k))
    }
