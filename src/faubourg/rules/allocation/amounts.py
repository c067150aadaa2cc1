"""From euros with decimals to exact cents: nothing beyond an envelope, nothing short of a need.

Rounded down first, then each need that lacks a few cents takes them where the envelopes still hold them.
A dossier that cannot be made exact is not retained: the proposal holds to the cent or does not hold.
"""

from collections.abc import Mapping, Sequence

from .facts import Call, Candidate
from .program import CENTS, Floats, Program

Amounts = Mapping[tuple[int, int], int]


def amounts_of(
    call: Call, candidates: Sequence[Candidate], program: Program, x: Floats, chosen: frozenset[int]
) -> tuple[Amounts, frozenset[int]]:
    """Cents by (candidate, offer), and the candidates that stay retained."""
    cents: dict[tuple[int, int], int] = {}
    for rank in sorted(chosen):
        for k, offer in enumerate(candidates[rank].offers):
            column = program.amount.get((rank, k))
            given = offer.cap_cents if column is None else int(x[column] * CENTS + 1e-3)
            if given > 0:
                cents[rank, k] = min(given, offer.cap_cents)
    left = left_of(call, candidates, cents)
    kept = set()
    for rank in sorted(chosen):
        if candidates[rank].whole or _complete(call, candidates[rank], rank, cents, left):
            kept.add(rank)
        else:
            for k in range(len(candidates[rank].offers)):
                _give(candidates[rank], (rank, k), -cents.get((rank, k), 0), cents, left)
    _top_up(call, candidates, kept, cents, left)
    return {key: value for key, value in cents.items() if value}, frozenset(kept)


def _top_up(
    call: Call,
    candidates: Sequence[Candidate],
    kept: set[int],
    cents: dict[tuple[int, int], int],
    left: list[int],
) -> None:
    """The cents that rounding took from a territory's minimum."""
    for territory, least in call.terms.minimum_cents.items():
        ours = [key for key in cents if key[0] in kept and candidates[key[0]].dossier.territory == territory]
        missing = least - sum(cents[key] for key in ours)
        for key in ours:
            missing -= _add(candidates[key[0]], key, missing, cents, left)


def _add(
    candidate: Candidate,
    key: tuple[int, int],
    missing: int,
    cents: dict[tuple[int, int], int],
    left: list[int],
) -> int:
    """Gives what is missing, as far as the request and its envelopes hold it; returns what was given."""
    offer = candidate.offers[key[1]]
    room = min([offer.cap_cents - cents.get(key, 0), *(left[e] for e in offer.envelopes)])
    more = max(0, min(room, missing))
    _give(candidate, key, more, cents, left)
    return more


def left_of(call: Call, candidates: Sequence[Candidate], cents: Amounts) -> list[int]:
    """What each envelope still holds."""
    left = [envelope.cents for envelope in call.envelopes]
    for (rank, k), given in cents.items():
        for envelope in candidates[rank].offers[k].envelopes:
            left[envelope] -= given
    return left


def _give(
    candidate: Candidate, key: tuple[int, int], more: int, cents: dict[tuple[int, int], int], left: list[int]
) -> None:
    cents[key] = cents.get(key, 0) + more
    for envelope in candidate.offers[key[1]].envelopes:
        left[envelope] -= more


def _complete(
    call: Call, candidate: Candidate, rank: int, cents: dict[tuple[int, int], int], left: list[int]
) -> bool:
    """Adds the cents that rounding took: smallest grants, then the local share, then the whole need."""
    local = call.terms.local_funders
    offers = range(len(candidate.offers))
    given = {candidate.offers[k].request.funder for k in offers if cents.get((rank, k))}
    asked = [
        *((candidate.least_of(funder, call.terms), frozenset({funder})) for funder in sorted(given)),
        (candidate.local_need_cents, local & given),
        (candidate.need_cents, frozenset(given)),
    ]
    for least, funders in asked:
        ours = [k for k in offers if candidate.offers[k].request.funder in funders]
        missing = least - sum(cents.get((rank, k), 0) for k in ours)
        for k in ours:
            missing -= _add(candidate, (rank, k), missing, cents, left)
        if missing > 0:
            return False
    return True
