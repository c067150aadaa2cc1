"""What plain ranking would do: the best score first, each retained when the envelopes still hold its need."""

from collections.abc import Sequence
from dataclasses import dataclass

from .facts import Call, Candidate
from .participation import cheapest


@dataclass(frozen=True, slots=True)
class Ranking:
    """The dossiers that ranking retains, in its order, and their weighted quality.

    Minimums by territory are not looked at: ranking cannot hold them.
    """

    refs: tuple[str, ...]
    value: float
    cents: int


def ranked(call: Call, candidates: Sequence[Candidate]) -> Ranking:
    """Highest weighted quality first; the order of the call decides between equals."""
    left = [envelope.cents for envelope in call.envelopes]
    refs, value, spent = [], 0.0, 0
    for candidate in sorted(candidates, key=lambda candidate: -candidate.value):
        given = None if candidate.blocked else _fits(call, candidate, left)
        if given is None:
            continue
        for offer, cents in zip(candidate.offers, given, strict=True):
            for envelope in offer.envelopes:
                left[envelope] -= cents
        refs.append(candidate.dossier.ref)
        value += candidate.value
        spent += sum(given)
    return Ranking(tuple(refs), value, spent)


def _fits(call: Call, candidate: Candidate, left: Sequence[int]) -> tuple[int, ...] | None:
    """Amounts that the envelopes still hold, taken first where most is left; None when it does not fit."""
    room = [min(left[e] for e in offer.envelopes) for offer in candidate.offers]
    found = cheapest(call, candidate, [1.0 / (1 + max(0, cents)) for cents in room])
    if found is None:
        return None
    drawn = [0] * len(left)
    for offer, cents in zip(candidate.offers, found.cents, strict=True):
        for envelope in offer.envelopes:
            drawn[envelope] += cents
    return found.cents if all(d <= cents for d, cents in zip(drawn, left, strict=True)) else None
