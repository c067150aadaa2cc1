"""What plain ranking would do: the best score first, each retained when the envelopes still hold its need."""

from collections.abc import Sequence
from dataclasses import dataclass

from .facts import Call, Candidate
from .participation import Filling, cheapest, left_after


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
        given = None if candidate.blocked else _easiest(call, candidate, left)
        after = None if given is None else left_after(candidate, given, left)
        if given is None or after is None:
            continue
        left = after
        refs.append(candidate.dossier.ref)
        value += candidate.value
        spent += sum(given.cents)
    return Ranking(tuple(refs), value, spent)


def _easiest(call: Call, candidate: Candidate, left: Sequence[int]) -> Filling | None:
    """Amounts taken first where most is left; None when no set of funders meets the need."""
    room = [min(left[e] for e in offer.envelopes) for offer in candidate.offers]
    return cheapest(call, candidate, [1.0 / (1 + max(0, cents)) for cents in room])
