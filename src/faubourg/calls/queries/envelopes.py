"""The envelopes of a call: what was announced, what is left of it, what draws on it at each level.

A general envelope counts every request of its funder; one of a territory, those of the contracts that this
territory bears. Levels are never added: a dossier counts once, at the highest level that it reached.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Sum

from ..models import Call, CallFunder, Envelope, EnvelopeEvent, FunderDecision, FundingRequest, JuryAmount

GRANTED = ("voted", "notified", "committed", "paid", "frozen")
OPEN_TO_JURY = ("requested", "favourable")
OUT = ("draft", "inadmissible", "withdrawn", "lapsed")
SIGNS: dict[str, int] = {
    EnvelopeEvent.Kind.ADDED: 1,
    EnvelopeEvent.Kind.RELEASE: 1,
    EnvelopeEvent.Kind.FREEZE: -1,
    EnvelopeEvent.Kind.CUT: -1,
}


@dataclass(slots=True)
class EnvelopeLine:
    """All in cents. `net`: announced, with what happened since. `proposed`: by the jury, not yet voted."""

    envelope: Envelope
    net: int
    requested: int = 0
    proposed: int = 0
    granted: int = 0
    by_state: dict[str, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """What neither a vote nor the jury's proposal takes."""
        return self.net - self.granted - self.proposed

    @property
    def over(self) -> bool:
        """More is promised than there is."""
        return self.left < 0


# Funder, nature, year, contract: cents.
_Sums = Mapping[tuple[int, str, int, int | None], int]


def envelopes_of(call: Call) -> list[EnvelopeLine]:
    """Every envelope of the call, in the order of its funders; six queries."""
    found = list(
        Envelope.objects.filter(funder__call=call)
        .select_related("funder", "territory")
        .prefetch_related("events")
        .order_by("funder__order", "funder_id", "year", "nature", "pk")
    )
    if not found:
        return []
    requested, proposed = _requested(call), _proposed(call)
    granted = _granted(call)
    places = places_of_contracts(call)
    return [_line(envelope, requested, proposed, granted, places) for envelope in found]


def funders_with_none(call: Call, lines: Iterable[EnvelopeLine]) -> list[CallFunder]:
    """The funders that announced nothing yet."""
    known = {line.envelope.funder_id for line in lines}
    return [funder for funder in call.funders.all() if funder.pk not in known]


def _line(
    envelope: Envelope,
    requested: _Sums,
    proposed: _Sums,
    granted: Mapping[str, _Sums],
    places: Mapping[int, set[int]],
) -> EnvelopeLine:
    net = envelope.amount_cents + sum(SIGNS[e.kind] * e.amount_cents for e in envelope.events.all())
    by_state = {state: _drawn(envelope, sums, places) for state, sums in granted.items()}
    return EnvelopeLine(
        envelope,
        net,
        requested=_drawn(envelope, requested, places),
        proposed=_drawn(envelope, proposed, places),
        granted=sum(by_state.values()),
        by_state=by_state,
    )


def _drawn(envelope: Envelope, sums: _Sums, places: Mapping[int, set[int]]) -> int:
    """The cents of these sums that draw on the envelope."""
    return sum(
        cents
        for (funder, nature, year, contract), cents in sums.items()
        if (funder, nature, year) == (envelope.funder_id, envelope.nature, envelope.year)
        and (
            envelope.territory_id is None
            or (contract is not None and envelope.territory_id in places.get(contract, ()))
        )
    )


def _requested(call: Call) -> _Sums:
    rows = (
        FundingRequest.objects.filter(application__call=call)
        .exclude(application__state__in=OUT)
        .values_list("funder", "nature", "year", "application__contract")
        .order_by()
        .annotate(cents=Sum("cents"))
    )
    return {row[:4]: row[4] for row in rows}


def _proposed(call: Call) -> _Sums:
    """What the jury proposes where the funder has not decided yet."""
    decided = {
        (row["application"], row["funder"], row["nature"], row["year"])
        for row in FunderDecision.objects.filter(application__call=call)
        .exclude(state__in=OPEN_TO_JURY)
        .values("application", "funder", "nature", "year")
    }
    found: dict[tuple[int, str, int, int | None], int] = {}
    rows = JuryAmount.objects.filter(
        item__application__call=call, item__decision__in=("retained", "retained_with_reserves")
    ).values_list("item__application", "funder", "nature", "year", "item__application__contract", "cents")
    for application, funder, nature, year, contract, cents in rows:
        if (application, funder, nature, year) not in decided:
            key = (funder, nature, year, contract)
            found[key] = found.get(key, 0) + cents
    return found


def _granted(call: Call) -> dict[str, _Sums]:
    rows = (
        FunderDecision.objects.filter(application__call=call, state__in=GRANTED)
        .order_by()
        .values_list("state", "funder", "nature", "year", "application__contract")
        .annotate(cents=Sum("amount_cents"))
    )
    found: dict[str, dict[tuple[int, str, int, int | None], int]] = {state: {} for state in GRANTED}
    for state, funder, nature, year, contract, cents in rows:
        found[state][funder, nature, year, contract] = cents
    return found  # type: ignore[return-value]  # a mapping of mappings


def places_of_contracts(call: Call) -> dict[int, set[int]]:
    """For each contract, the places of whom it is: bearers, their intercommunalité, département, région."""
    found: dict[int, set[int]] = {}
    columns = ("territory", "territory__epci", "territory__departement", "territory__region")
    rows = call.contracts.through.objects.filter(call=call).values_list(
        "contract", *(f"contract__bearers__{column}" for column in columns)
    )
    for contract, *places in rows:
        found.setdefault(contract, set()).update(place for place in places if place is not None)
    return found
