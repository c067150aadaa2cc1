"""The envelopes of a call: what was announced, what is left of it, what draws on it at each level.

A general envelope counts every request of its funder; one of a territory, those of the contracts that are
there, for a jury, a vote and a board alike. Levels are never added: a dossier counts once, at the highest
level that it reached.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from ..models import (
    Application,
    Call,
    CallFunder,
    Envelope,
    EnvelopeEvent,
    FunderDecision,
    FundingRequest,
    JuryAmount,
)

GRANTED = ("voted", "notified", "committed", "paid", "frozen")
OPEN_TO_JURY = ("requested", "favourable")
REQUESTED, PROPOSED = "asked", "proposed"
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
_Key = tuple[int, str, int, int | None]
_Sums = Mapping[_Key, int]


def envelopes_of(call: Call) -> list[EnvelopeLine]:
    """Every envelope of the call, in the order of its funders; four queries at most."""
    found = list(announced(call.pk))
    if not found:
        return []
    local = any(each.territory_id for each in found)
    sums = _sums(call, found, local)
    places = places_of_contracts(call.pk) if local else {}
    return [_line(envelope, sums, places) for envelope in found]


def announced(call_pk: int) -> QuerySet[Envelope]:
    """The envelopes of a call, each with what its events changed of it (`changed`, in cents)."""
    sign = Case(
        *(When(events__kind=kind, then=Value(value)) for kind, value in SIGNS.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    return (
        Envelope.objects.filter(funder__call=call_pk)
        .select_related("funder", "territory")
        .annotate(changed=Sum(sign * F("events__amount_cents"), default=0))
        .order_by("funder__order", "funder", "year", "nature", "pk")
    )


def funders_with_none(call: Call, lines: Iterable[EnvelopeLine]) -> list[CallFunder]:
    """The funders that announced nothing yet."""
    known = {line.envelope.funder_id for line in lines}
    return [funder for funder in call.funders.all() if funder.pk not in known]


def _line(envelope: Envelope, sums: Mapping[str, _Sums], places: Mapping[int, set[int]]) -> EnvelopeLine:
    drawn = {state: _drawn(envelope, rows, places) for state, rows in sums.items()}
    by_state = {state: drawn[state] for state in GRANTED}
    return EnvelopeLine(
        envelope,
        envelope.amount_cents + getattr(envelope, "changed", 0),
        requested=drawn[REQUESTED],
        proposed=drawn[PROPOSED],
        granted=sum(by_state.values()),
        by_state=by_state,
    )


def _drawn(envelope: Envelope, sums: _Sums, places: Mapping[int, set[int]]) -> int:
    """The cents of these sums that draw on the envelope."""
    return sum(
        cents
        for (funder, nature, year, contract), cents in sums.items()
        if draws_on(envelope, (funder, nature, year), contract, places)
    )


def draws_on(
    envelope: Envelope, money: tuple[int, str, int], contract: int | None, places: Mapping[int, set[int]]
) -> bool:
    """Whether money of this funder, nature and year, for a dossier of this contract, is taken there."""
    if money != (envelope.funder_id, envelope.nature, envelope.year):
        return False
    return envelope.territory_id is None or envelope.territory_id in places.get(contract or 0, ())


def _sums(call: Call, envelopes: Iterable[Envelope], local: bool) -> dict[str, _Sums]:
    """What is requested, proposed, then granted in each state; two queries, a line a funder and a contract.

    What is requested is told by contract only when an envelope is kept for a territory (`local`).
    """
    granted = FunderDecision.objects.filter(application__call=call, state__in=GRANTED)
    rows = _told(_proposed(call), Value(PROPOSED), "item__application__contract", "cents").union(
        _told(granted, F("state"), "application__contract", "amount_cents"), all=True
    )
    asked = _requested(call, {each.funder_id for each in envelopes}, local)
    found: dict[str, dict[_Key, int]] = {state: {} for state in (REQUESTED, PROPOSED, *GRANTED)}
    for state, contract, funder, nature, year, cents in (*asked, *rows):
        found[state][funder, nature, year, contract] = cents
    return found  # type: ignore[return-value]  # a mapping of mappings


def _requested(call: Call, funders: set[int], local: bool) -> Iterable[tuple[Any, ...]]:
    """By funder alone, an index says it; the contract of each dossier has to be looked for."""
    out = Application.objects.filter(call=call, state__in=OUT)
    asked = FundingRequest.objects.filter(funder__in=funders)
    if local:
        rows = asked.filter(application__call=call).exclude(application__state__in=OUT)
        return _told(rows, Value(REQUESTED), "application__contract", "cents")
    kept = asked.exclude(application__in=out.values("pk")).order_by()
    told = (
        kept.values("funder", "nature", "year")
        .annotate(total=Sum("cents"))
        .values_list("funder", "nature", "year", "total")
    )
    return [(REQUESTED, None, *row) for row in told]


def _told(rows: "QuerySet[Any]", state: Value | F, contract: str, money: str) -> "QuerySet[Any]":
    # A number first: rows are sorted by it before they are added up.
    key = (contract, "funder", "nature", "year")
    told = rows.order_by().annotate(told=Cast(state, CharField())).values(*key, "told")
    return told.annotate(total=Sum(money)).values_list("told", *key, "total")


def _proposed(call: Call) -> QuerySet[JuryAmount]:
    """What the jury proposes where the funder has not decided yet."""
    decided = FunderDecision.objects.filter(
        application=OuterRef("item__application"),
        funder=OuterRef("funder"),
        nature=OuterRef("nature"),
        year=OuterRef("year"),
    ).exclude(state__in=OPEN_TO_JURY)
    return JuryAmount.objects.filter(
        ~Exists(decided),
        item__application__call=call,
        item__decision__in=("retained", "retained_with_reserves"),
    )


def places_of_contracts(call_pk: int) -> dict[int, set[int]]:
    """For each contract of a call, where it is: bearers, intercommunalité, département, région; one query.

    Every dossier is also in the territory of its call; under 0, those that have no contract.
    """
    bearer = "contracts__bearers__territory"
    columns = (
        "territory",
        *(bearer + above for above in ("", "__epci", "__departement", "__region")),
        "contracts__departement",
        "contracts__departement__region",
    )
    return _gathered(Call.objects.filter(pk=call_pk).values_list("contracts", *columns))


def places_in(call: Call) -> dict[int, set[int]]:
    """The same of a call whose contracts and bearers are read already; no query."""
    rows: list[tuple[int | None, ...]] = [(None, call.territory_id)]
    for contract in call.contracts.all():
        above = contract.departement
        rows.append((contract.pk, call.territory_id, *((above.pk, above.region_id) if above else ())))
        borne = (bearer.territory for bearer in contract.bearers.all())
        rows += [
            (contract.pk, None, place.pk, place.epci_id, place.departement_id, place.region_id)
            for place in borne
            if place
        ]
    return _gathered(rows)


def _gathered(rows: Iterable[tuple[int | None, ...]]) -> dict[int, set[int]]:
    """Each contract, the territory of the call, then the places of the contract."""
    found: dict[int, set[int]] = {0: set()}
    for contract, own, *places in rows:
        found[0] |= {own} - {None}  # type: ignore[arg-type]  # what is left is a key
        found.setdefault(contract or 0, set()).update({own, *places} - {None})  # type: ignore[arg-type]
    return found
