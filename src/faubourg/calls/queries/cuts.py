"""A freeze or a cut of an envelope, simulated: which decisions have to give, how much, by which method."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from faubourg.people.models import Person
from faubourg.rules.calls.cuts import Held, Method, Reduction, spread, to_give_back

from ..models import Application, Call, EnvelopeEvent, FunderDecision
from .applications import without_recused
from .rights import rights_through
from .voted import Rooms, rooms_of

# What a cut may lower: decided, and not entirely paid.
TOUCHED = ("voted", "notified", "committed", "frozen")
LOWERING = (EnvelopeEvent.Kind.FREEZE, EnvelopeEvent.Kind.CUT)


@dataclass(frozen=True, slots=True)
class Row:
    """One decision under both methods."""

    decision: FunderDecision
    pro_rata: Reduction
    priority: Reduction


@dataclass(frozen=True, slots=True)
class Simulation:
    """`asked` of the decisions once what was not programmed has given; `missing` when all is paid already."""

    event: EnvelopeEvent
    rows: Sequence[Row]
    asked: int
    programmed: int
    hidden: int = 0

    @property
    def absorbed(self) -> int:
        """What was not programmed and gives first."""
        return max(0, self.event.amount_cents - self.asked)

    @property
    def given(self) -> int:
        """What the decisions really give, the same under both methods."""
        return sum(row.pro_rata.taken for row in self.rows)

    @property
    def missing(self) -> int:
        """What nobody can give any more: it is paid."""
        return self.asked - self.given

    @property
    def digest(self) -> str:
        """Changes as soon as one of the decisions does: what the COPIL saw is what is applied."""
        said = repr([(row.decision.pk, row.decision.version, row.pro_rata.taken) for row in self.rows])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def reductions(self, method: Method) -> list[tuple[FunderDecision, Reduction]]:
        """What would be written, decisions that give nothing left out."""
        chosen = [
            (row.decision, row.pro_rata if method is Method.PRO_RATA else row.priority) for row in self.rows
        ]
        return [(decision, reduction) for decision, reduction in chosen if reduction.taken]


def events_of(call: Call) -> "QuerySet[EnvelopeEvent]":
    """Everything that happened to the envelopes of a call, the last first."""
    return (
        EnvelopeEvent.objects.filter(envelope__funder__call=call)
        .select_related("envelope__funder", "envelope__territory")
        .order_by("-on", "-pk")
    )


def event_by_pk(pk: int) -> EnvelopeEvent | None:
    """An event with what its page is read from."""
    return (
        EnvelopeEvent.objects.select_related("envelope__territory", "envelope__funder__call__lead")
        .select_related("envelope__funder__call__territory", "envelope__funder__organisation")
        .prefetch_related(*rights_through("envelope__funder__call"), "envelope__funder__call__funders")
        .filter(pk=pk)
        .first()
    )


def simulate(event: EnvelopeEvent, decisions: Sequence[FunderDecision] | None = None) -> Simulation:
    """Both methods beside one another, on the decisions as they are now (or as they were locked)."""
    envelope = event.envelope
    rooms = rooms_of(envelope.funder.call)
    room = next(one for one in rooms.rooms if one.envelope.pk == envelope.pk)
    programmed = room.voted
    asked = min(event.amount_cents, to_give_back(room.available, programmed))
    found = [one for one in (decisions or touched(event)) if _draws(rooms, one, envelope.pk)]
    held = [
        Held(one.pk, one.amount_cents, getattr(one, "gone", 0) or 0, one.application.rank) for one in found
    ]
    pro_rata, priority = spread(held, asked, Method.PRO_RATA), spread(held, asked, Method.PRIORITY)
    rows = [Row(*row) for row in zip(found, pro_rata, priority, strict=True)]
    return Simulation(event, rows, asked, programmed)


def _draws(rooms: Rooms, decision: FunderDecision, envelope_pk: int) -> bool:
    return any(one.envelope.pk == envelope_pk for one in rooms.drawn_on(decision))


def touched(event: EnvelopeEvent) -> list[FunderDecision]:
    """Decisions of this funder, nature and year, not entirely paid, with what left of each (`gone`)."""
    envelope = event.envelope
    left = Q(payments__state__in=["ordered", "paid"])
    return list(
        FunderDecision.objects.filter(
            funder=envelope.funder, nature=envelope.nature, year=envelope.year, state__in=TOUCHED
        )
        .select_related("application__organisation", "funder")
        .annotate(gone=Sum("payments__cents", filter=left, default=0))
        .order_by("pk")
    )


def seen_by(simulation: Simulation, person: Person) -> Simulation:
    """The same without the dossiers from which the reader stands back: their number only."""
    pks = [row.decision.application_id for row in simulation.rows]
    seen = set(without_recused(Application.objects.filter(pk__in=pks), person).values_list("pk", flat=True))
    rows = [row for row in simulation.rows if row.decision.application_id in seen]
    return Simulation(
        simulation.event, rows, simulation.asked, simulation.programmed, len(simulation.rows) - len(rows)
    )
