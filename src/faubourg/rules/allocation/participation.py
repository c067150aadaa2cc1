"""Which funders take part in one dossier when the worth of each envelope is known: the cheapest set.

At most a handful of funders ask for a try of every set; each set is filled greedily, which is exact here:
the smallest grants first, then the local share, then the rest, always where money is worth least.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .facts import Call, Candidate
from .program import Floats


@dataclass(frozen=True, slots=True)
class Filling:
    """Who takes part in a dossier, and cents by offer."""

    cost: float
    funders: frozenset[str]
    cents: tuple[int, ...]


def cheapest(call: Call, candidate: Candidate, worth: Sequence[float]) -> Filling | None:
    """The funders that take part and what each gives, by offer; None when no set of them meets the need.

    `worth` is what a cent of each offer is worth elsewhere.
    """
    funders = list(dict.fromkeys(offer.request.funder for offer in candidate.offers))
    best: Filling | None = None
    for size in range(1, len(funders) + 1):
        for chosen in combinations(funders, size):
            given = fill(call, candidate, frozenset(chosen), worth)
            if given is None:
                continue
            cost = sum(cents * price for cents, price in zip(given, worth, strict=True))
            if best is None or cost < best.cost:
                best = Filling(cost, frozenset(chosen), tuple(given))
    return best


def worth_of(candidate: Candidate, prices: Floats) -> list[float]:
    """What a cent of each offer is worth, from the price of each envelope."""
    return [float(sum(prices[e] for e in offer.envelopes)) for offer in candidate.offers]


def fill(
    call: Call, candidate: Candidate, chosen: frozenset[str], worth: Sequence[float]
) -> list[int] | None:
    """Cents by offer that meet the need with these funders, least worth first; None when they cannot."""
    order = sorted(range(len(candidate.offers)), key=lambda k: (worth[k], k))
    given = [0] * len(candidate.offers)
    local = chosen & call.terms.local_funders
    steps: list[tuple[Iterable[str], int]] = [
        *(({funder}, candidate.least_of(funder, call.terms)) for funder in sorted(chosen)),
        (local, candidate.local_need_cents),
        (chosen, candidate.need_cents),
    ]
    for funders, least in steps:
        ours = [k for k in order if candidate.offers[k].request.funder in funders]
        missing = least - sum(given[k] for k in ours)
        for k in ours:
            more = max(0, min(missing, candidate.offers[k].cap_cents - given[k]))
            given[k] += more
            missing -= more
        if missing > 0:
            return None
    return given


def drawn_by(candidate: Candidate, found: Filling, envelopes: int) -> list[int]:
    """Cents by envelope."""
    drawn = [0] * envelopes
    for offer, cents in zip(candidate.offers, found.cents, strict=True):
        for envelope in offer.envelopes:
            drawn[envelope] += cents
    return drawn


def left_after(candidate: Candidate, found: Filling, left: Sequence[int]) -> list[int] | None:
    """What the envelopes still hold once it is drawn, in cents; None when they do not hold it."""
    drawn = drawn_by(candidate, found, len(left))
    after = [held - cents for held, cents in zip(left, drawn, strict=True)]
    return after if all(cents >= 0 for cents in after) else None
