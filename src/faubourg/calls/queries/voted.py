"""What the envelopes of a call still hold once the decisions that were voted are counted. Integer cents.

An envelope kept for a territory is drawn on by the dossiers of the contracts that this territory bears; a
freeze or a cut lowers what is available, an addition raises it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Sum, Value, When

from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Call, Envelope, FunderDecision
from .envelopes import GRANTED, SIGNS, places_of_contracts

# Decided by an assembly or an authority; what is frozen waits for its new notification, reduced already.
FIRM = GRANTED
SHORT = mark(
    "{envelope} : il y reste {left}, et {asked} seraient votés. Baissez un montant, ou abondez l’enveloppe."
)


@dataclass(slots=True)
class Room:
    """An envelope under a vote: what it holds now, what was voted on it."""

    envelope: Envelope
    available: int
    voted: int = 0

    @property
    def left(self) -> int:
        """What may still be voted; negative once a cut made it short."""
        return self.available - self.voted

    @property
    def name(self) -> str:
        """« Région, fonctionnement, 2015 », and the territory of one that is kept for it."""
        told = [self.envelope.funder.name, str(self.envelope.get_nature_display()), str(self.envelope.year)]
        return ", ".join([*told, *([self.envelope.territory.name] if self.envelope.territory else [])])

    def draws(self, funder: int, nature: str, year: int, places: set[int]) -> bool:
        """Whether money of this funder, nature and year, for a dossier of these places, is taken here."""
        mine = (self.envelope.funder_id, self.envelope.nature, self.envelope.year)
        here = self.envelope.territory_id is None or self.envelope.territory_id in places
        return mine == (funder, nature, year) and here


@dataclass(slots=True)
class Rooms:
    """The envelopes of a call under a vote: `take` counts one decision after the other."""

    rooms: list[Room]
    places: Mapping[int, set[int]]

    def drawn_on(self, decision: FunderDecision) -> list[Room]:
        """Those on which a decision draws; none when its funder did not say what it has."""
        contract = decision.application.contract_id
        places = self.places.get(contract, set()) if contract else set()
        return [
            room
            for room in self.rooms
            if room.draws(decision.funder_id, decision.nature, decision.year, places)
        ]

    def take(self, decision: FunderDecision, cents: int) -> Verdict:
        """Count it if it fits; otherwise say which envelope is short, and of how much."""
        drawn = self.drawn_on(decision)
        short = tuple(
            Reason("envelope", False, SHORT,
                   {"envelope": room.name, "left": Cents(max(0, room.left)), "asked": Cents(cents)},
                   room.available, room.voted + cents)
            for room in drawn
            if room.left < cents
        )  # fmt: skip
        if not short:
            for room in drawn:
                room.voted += cents
        return Verdict(short)


def rooms_of(call: Call) -> Rooms:
    """Every envelope of a call; two queries, one more when one is kept for a territory."""
    sign = Case(
        *(When(events__kind=kind, then=Value(value)) for kind, value in SIGNS.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    envelopes = (
        Envelope.objects.filter(funder__call=call)
        .select_related("funder", "territory")
        .annotate(changed=Sum(sign * F("events__amount_cents"), default=0))
        .order_by("funder__order", "funder", "year", "nature", "pk")
    )
    rooms = [Room(one, one.amount_cents + one.changed) for one in envelopes]
    local = any(room.envelope.territory_id for room in rooms)
    places = places_of_contracts(call) if local else {}
    rows = (
        FunderDecision.objects.filter(funder__call=call, state__in=FIRM)
        .order_by()
        .values_list("funder", "nature", "year", "application__contract")
        .annotate(cents=Sum("amount_cents"))
    )
    for funder, nature, year, contract, cents in rows:
        for room in rooms:
            if room.draws(funder, nature, year, places.get(contract or 0, set())):
                room.voted += cents
    return Rooms(rooms, places)
