"""What an allocation is asked about: dossiers, the money they ask of each funder, envelopes, terms.

Money is integer cents, shares are basis points (10,000 = the whole), quality goes from 0 to 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ANY = ""
WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """What one dossier asks of one funder, for one nature of expense."""

    funder: str
    nature: str
    cents: int

    def __post_init__(self) -> None:
        if self.cents <= 0:
            raise ValueError(f"a request is positive, {self.cents} is not")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier that the jury may retain.

    `least_bp`: under this share of what is asked, the project cannot be done. `local_cents`: what local
    authorities already bring besides these requests.
    """

    ref: str
    quality: float
    territory: str
    budget_cents: int
    requests: tuple[Request, ...]
    local_cents: int = 0
    least_bp: int = WHOLE_BP

    @property
    def asked_cents(self) -> int:
        """All that is asked, every funder together."""
        return sum(request.cents for request in self.requests)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Money that one funder may spend; `ANY` nature or territory when it is not reserved."""

    funder: str
    cents: int
    nature: str = ANY
    territory: str = ANY

    def holds(self, request: Request, territory: str) -> bool:
        """Whether this request, from this territory, draws on the envelope."""
        return (
            self.funder == request.funder
            and self.nature in (ANY, request.nature)
            and self.territory in (ANY, territory)
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What the authorities decided beforehand.

    `weight_bp`: a difficult territory counts more (12,000 = ×1.2). `minimum_cents`: what a territory
    receives at least, all funders together. `least_cents`: the smallest grant of a funder. `ceiling_cents`:
    the largest, by funder and nature. `local_bp` of the budget comes from `local_funders` or `local_cents`.
    """

    weight_bp: Mapping[str, int] = field(default_factory=dict)
    minimum_cents: Mapping[str, int] = field(default_factory=dict)
    least_cents: Mapping[str, int] = field(default_factory=dict)
    ceiling_cents: Mapping[tuple[str, str], int] = field(default_factory=dict)
    local_funders: frozenset[str] = frozenset()
    local_bp: int = 0

    def weight(self, territory: str) -> float:
        """By how much the quality of a dossier of this territory is multiplied."""
        return self.weight_bp.get(territory, WHOLE_BP) / WHOLE_BP


@dataclass(frozen=True, slots=True)
class Call:
    """Everything that one session allocates."""

    dossiers: tuple[Dossier, ...]
    envelopes: tuple[Envelope, ...]
    terms: Terms = Terms()

    def __post_init__(self) -> None:
        refs = [dossier.ref for dossier in self.dossiers]
        if len(set(refs)) != len(refs):
            raise ValueError("two dossiers have the same reference")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a dossier can obtain at best: its request capped by the ceiling, drawn on these envelopes."""

    request: Request
    cap_cents: int
    envelopes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dossier with what can be offered to it; `blocked` says why it can never be retained."""

    dossier: Dossier
    value: float
    offers: tuple[Offer, ...]
    need_cents: int
    local_need_cents: int
    blocked: str = ""

    @property
    def whole(self) -> bool:
        """Everything or nothing: the amounts follow from the decision."""
        return self.need_cents == sum(offer.cap_cents for offer in self.offers)

    def least_of(self, funder: str, terms: Terms) -> int:
        """The smallest grant of this funder here: its floor, or all that is asked when that is less."""
        return min(terms.least_cents.get(funder, 0), _offered(self.offers, funder))


def candidates_of(call: Call) -> tuple[Candidate, ...]:
    """Each dossier with its offers, in the order of the call."""
    return tuple(_candidate(dossier, call) for dossier in call.dossiers)


def _candidate(dossier: Dossier, call: Call) -> Candidate:
    terms = call.terms
    offers = _offers(dossier, call)
    need = -(-dossier.asked_cents * dossier.least_bp // WHOLE_BP)
    local_need = -(-dossier.budget_cents * terms.local_bp // WHOLE_BP) - dossier.local_cents
    most = sum(offer.cap_cents for offer in offers)
    local = sum(offer.cap_cents for offer in offers if offer.request.funder in terms.local_funders)
    blocked = ""
    if not dossier.requests or most < need:
        blocked = "offers"
    elif local < local_need:
        blocked = "local"
    value = dossier.quality * terms.weight(dossier.territory)
    return Candidate(dossier, value, offers, need, max(0, local_need), blocked)


def _offers(dossier: Dossier, call: Call) -> tuple[Offer, ...]:
    """What is asked, capped, where an envelope holds it; nothing of a funder whose envelopes hold less of it
    than its smallest grant."""
    asked = []
    for request in dossier.requests:
        drawn = tuple(
            rank for rank, envelope in enumerate(call.envelopes) if envelope.holds(request, dossier.territory)
        )
        ceiling = call.terms.ceiling_cents.get((request.funder, request.nature), request.cents)
        asked.append(Offer(request, min(request.cents, ceiling), drawn))
    held = [offer for offer in asked if offer.envelopes and offer.cap_cents]
    return tuple(
        offer
        for offer in held
        if _offered(held, offer.request.funder)
        >= min(call.terms.least_cents.get(offer.request.funder, 0), _offered(asked, offer.request.funder))
    )


def _offered(offers: Sequence[Offer], funder: str) -> int:
    return sum(offer.cap_cents for offer in offers if offer.request.funder == funder)
