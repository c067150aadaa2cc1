"""What the envelopes of a call still hold once the decisions that were voted are counted. Integer cents.

An envelope kept for a territory is drawn on by the dossiers of the contracts that this territory bears; a
freeze or a cut lowers what is available, an addition raises it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum

from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Call, Envelope, FunderDecision
from .envelopes import GRANTED, announced, draws_on, places_of_contracts

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


@dataclass(slots=True)
class Rooms:
    """The envelopes of a call under a vote: `take` counts one decision after the other."""

    rooms: list[Room]
    places: Mapping[int, set[int]]

    def drawn_on(self, decision: FunderDecision) -> list[Room]:
        """Those on which a decision draws; none when its funder did not say what it has."""
        money = (decision.funder_id, decision.nature, decision.year)
        contract = decision.application.contract_id
        return [room for room in self.rooms if draws_on(room.envelope, money, contract, self.places)]

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
    envelopes = announced(call.pk)
    rooms = [Room(one, one.amount_cents + getattr(one, "changed", 0)) for one in envelopes]
    local = any(room.envelope.territory_id for room in rooms)
    places = places_of_contracts(call.pk) if local else {}
    rows = (
        FunderDecision.objects.filter(funder__call=call, state__in=FIRM)
        .order_by()
        .values_list("funder", "nature", "year", "application__contract")
        .annotate(cents=Sum("amount_cents"))
    )
    for funder, nature, year, contract, cents in rows:
        for room in rooms:
            if draws_on(room.envelope, (funder, nature, year), contract, places):
                room.voted += cents
    return Rooms(rooms, places)
