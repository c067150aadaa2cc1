"""What envelopes still hold once the search stops within its gap: it goes to the best dossiers that fit."""

from collections.abc import Sequence
from dataclasses import replace

from .amounts import left_of
from .facts import Call, Candidate
from .participation import Filling, cheapest, left_after
from .solve import Solution


def filled_up(call: Call, candidates: Sequence[Candidate], solution: Solution) -> Solution:
    """The same with every dossier that the money left can still pay, the highest weighted quality first.

    Nothing that is retained changes; the bound holds, so the proved distance can only shrink.
    """
    left, amounts = left_of(call, candidates, solution.amounts), dict(solution.amounts)
    retained = set(solution.retained)
    others = [rank for rank in range(len(candidates)) if rank not in retained]
    for rank in sorted(others, key=lambda rank: -candidates[rank].value):
        candidate = candidates[rank]
        found = None if candidate.blocked or candidate.value <= 0 else easiest(call, candidate, left)
        after = None if found is None else left_after(candidate, found, left)
        if found is None or after is None:
            continue
        left = after
        amounts |= {(rank, k): cents for k, cents in enumerate(found.cents) if cents}
        retained.add(rank)
    value = sum(candidates[rank].value for rank in sorted(retained))
    return replace(solution, retained=frozenset(retained), amounts=amounts, value=value)


def easiest(call: Call, candidate: Candidate, left: Sequence[int]) -> Filling | None:
    """The funders that lack least: an offer costs little where its envelopes hold it, much elsewhere."""
    crowding = [
        1.0 + max(0, offer.cap_cents - min(left[e] for e in offer.envelopes)) for offer in candidate.offers
    ]
    return cheapest(call, candidate, crowding)
