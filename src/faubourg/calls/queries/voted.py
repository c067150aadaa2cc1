"""What the envelopes of a call still hold once the decisions that were voted are counted. Integer cents."""

from dataclasses import dataclass

from django.db.models import Sum

from faubourg.rules.calls.deliberation import Room
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Application, FunderDecision
from .jury_money import Held, envelopes_of, places_of

# Decided by an assembly or an authority; what is frozen waits for its new notification, reduced already.
FIRM = ("voted", "notified", "committed", "paid", "frozen")
SHORT = mark(
    "{envelope} : il y reste {left}, et {asked} seraient votés. Baissez un montant, ou abondez l’enveloppe."
)


@dataclass(slots=True)
class Rooms:
    """The envelopes of a call under a vote: `take` counts one decision after the other."""

    held: list[Held]
    taken: dict[int, int]
    places: dict[int, set[int]]

    def drawn_on(self, decision: FunderDecision) -> list[Held]:
        """Those on which a decision draws; none when its funder did not say what it has."""
        key = (decision.funder_id, decision.nature, decision.year)
        return [
            one
            for one in self.held
            if (one.envelope.funder_id, one.envelope.nature, one.envelope.year) == key
            and (
                one.envelope.territory_id is None
                or one.envelope.territory_id in self.places.get(decision.application_id, set())
            )
        ]

    def take(self, decision: FunderDecision, cents: int) -> Verdict:
        """Count it if it fits; otherwise say which envelope is short, and of how much."""
        rooms = self.drawn_on(decision)
        short = tuple(
            Reason("envelope", False, SHORT,
                   {"envelope": one.name, "left": Cents(max(0, room.left_cents + cents)),
                    "asked": Cents(cents)},
                   one.available, room.taken_cents + cents)
            for one in rooms
            if (room := Room(one.name, one.available, self.taken[one.envelope.pk], cents)).left_cents < 0
        )  # fmt: skip
        if not short:
            for one in rooms:
                self.taken[one.envelope.pk] += cents
        return Verdict(short)

    def left(self, one: Held) -> int:
        """What may still be voted on it."""
        return one.available - self.taken[one.envelope.pk]


def rooms_of(call_pk: int) -> Rooms:
    """Two queries; three more as soon as an envelope is kept for a territory."""
    held = [
        Held(envelope, envelope.amount_cents + getattr(envelope, "changed", 0), 0)
        for envelope in envelopes_of(call_pk)
    ]
    rooms = Rooms(held, {one.envelope.pk: 0 for one in held}, {})
    firm = FunderDecision.objects.filter(funder__call=call_pk, state__in=FIRM).order_by()
    if any(one.envelope.territory_id for one in held):
        applications = Application.objects.filter(call=call_pk).values_list("pk", flat=True)
        rooms.places = dict(places_of(applications))
        for decision in firm.only("application", "funder", "nature", "year", "amount_cents"):
            for one in rooms.drawn_on(decision):
                rooms.taken[one.envelope.pk] += decision.amount_cents
        return rooms
    sums = {
        (row["funder"], row["nature"], row["year"]): row["cents"]
        for row in firm.values("funder", "nature", "year").annotate(cents=Sum("amount_cents"))
    }
    for one in held:
        envelope = one.envelope
        key = (envelope.funder_id, envelope.nature, envelope.year)
        rooms.taken[envelope.pk] = sums.get(key, 0)
    return rooms
