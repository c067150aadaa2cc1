"""The bodies of a contract, their seats and who holds them on a day, and the people one may choose among."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from faubourg.base.text import fold
from faubourg.contracts.models import Body, Contract, Mandate, Meeting, Seat
from faubourg.people.models import Organisation, Person, RoleGrant
from faubourg.rules.governance.seats import Term, held
from faubourg.rules.verdict import Verdict
from faubourg.territories.models import Territory

from .contracts import contracts

# A form suggests so many names; any other can still be typed.
MOST_SUGGESTED = 300
COMMUNE_STRAND = (Body.Kind.COMMUNE_STEERING, Body.Kind.COMMUNE_TECHNICAL, Body.Kind.LOCAL)
STRANDS = ("agglomeration", "commune", "community")
# The bodies that meet in two timed parts, the technical one then the social one.
TWO_PARTS = (
    Body.Kind.STEERING,
    Body.Kind.TECHNICAL,
    Body.Kind.COMMUNE_STEERING,
    Body.Kind.COMMUNE_TECHNICAL,
)


@dataclass(frozen=True)
class SeatLine:
    """One seat on one day: who holds it, who may sit instead, whether it stands empty."""

    seat: Seat
    on: date

    @cached_property
    def in_force(self) -> list[Mandate]:
        """The mandates of that day."""
        return [mandate for mandate in self.seat.mandates.all() if term_of(mandate).covers(self.on)]

    @property
    def titular(self) -> Mandate | None:
        """Who holds the seat."""
        return next((m for m in self.in_force if m.rank == Mandate.Rank.TITULAR), None)

    @property
    def alternates(self) -> list[Mandate]:
        """Who may sit instead."""
        return [m for m in self.in_force if m.rank == Mandate.Rank.ALTERNATE]

    @cached_property
    def held(self) -> Verdict:
        """Yes, or why it is vacant."""
        return held([term_of(mandate) for mandate in self.seat.mandates.all()], self.on)


@dataclass(frozen=True)
class BodyLine:
    """A body with its seats on one day and the meeting to come."""

    body: Body
    seats: tuple[SeatLine, ...]
    next_meeting: Meeting | None = None

    @cached_property
    def kind(self) -> str:
        """Its nature, unless its name already says it."""
        kind = str(self.body.get_kind_display())
        return "" if fold(self.body.name).startswith(fold(kind)) else kind

    @property
    def vacant(self) -> int:
        """How many seats stand empty."""
        return sum(not line.held.ok for line in self.seats)

    @property
    def organisations(self) -> list[Organisation]:
        """Who sits there, each once, in the order of the seats."""
        sitting = (line.seat.organisation for line in self.seats)
        return list({each.pk: each for each in sitting if each is not None}.values())


def term_of(mandate: Mandate) -> Term:
    """A mandate as the rules know it."""
    return Term(mandate.rank == Mandate.Rank.TITULAR, mandate.starts_on, mandate.ends_on)


def body_of(code: str, pk: int) -> Body | None:
    """The body of this number, if it is one of a contract of this code."""
    return _with_contract(Body.objects.filter(pk=pk, contract__code=code.upper()), "contract").first()


def seats_of(body: Body, on: date) -> tuple[SeatLine, ...]:
    """The seats of one body, in three questions."""
    seats = body.seats.select_related("organisation").prefetch_related("mandates")
    return tuple(SeatLine(seat, on) for seat in seats)


def bodies_of(contract: Contract, on: date) -> list[BodyLine]:
    """Every body that stands on that day, in the order of the chart; four questions."""
    seats = Prefetch("seats", Seat.objects.select_related("organisation").prefetch_related("mandates"))
    found = (
        contract.bodies.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on))
        .select_related("territory")
        .prefetch_related(seats)
    )
    coming = coming_meetings(contract, on)
    return [
        BodyLine(body, tuple(SeatLine(seat, on) for seat in body.seats.all()), coming.get(body.pk))
        for body in found
    ]


def closed_bodies(contract: Contract, on: date) -> QuerySet[Body]:
    """Those of before."""
    return contract.bodies.filter(closed_on__lt=on).select_related("territory")


def coming_meetings(contract: Contract, on: date) -> dict[int, Meeting]:
    """The next meeting of each body, from that day on."""
    wanted = Meeting.objects.filter(
        body__contract=contract,
        starts_at__date__gte=on,
        state__in=(Meeting.State.PLANNED, Meeting.State.CONVENED),
    ).order_by("-starts_at")
    return {meeting.body_id: meeting for meeting in wanted}


def strand_of(body: Body) -> str:
    """One of STRANDS: where the chart and the lists show it."""
    if body.kind == Body.Kind.COMMUNITY:
        return STRANDS[2]
    commune = body.kind in COMMUNE_STRAND or body.territory_id is not None
    return STRANDS[1] if commune else STRANDS[0]


def communes_of_contract(contract: Contract) -> list[Territory]:
    """The communes that its neighbourhoods lie in, and those that bear it; in the order of the names."""
    places = Territory.communes.through.objects.filter(
        from_territory__contract_links__contract=contract, from_territory__contract_links__rejected=False
    )
    wanted = Q(pk__in=places.values("to_territory")) | Q(
        pk__in=[bearer.territory_id for bearer in contract.bearers.all()]
    )
    found = Territory.objects.filter(wanted, kind=Territory.Kind.COMMUNE)
    return list(found.order_by("sort_key", "code"))


def quarters_of_contract(contract: Contract) -> QuerySet[Territory]:
    """Its neighbourhoods, those set aside left out."""
    return Territory.objects.filter(
        contract_links__contract=contract, contract_links__rejected=False
    ).order_by("sort_key", "code")


def people_near(contract: Contract, scopes: Iterable[tuple[str, str]]) -> list[Person]:
    """Who may be given a seat or a decision: roles over the contract, members of who sits, mandates."""
    roles = Q()
    for kind, code in scopes:
        roles |= Q(scope_kind=kind, scope_code=code)
    refs = Mandate.objects.filter(seat__body__contract=contract, person_ref__isnull=False)
    found = Person.objects.filter(
        Q(pk__in=RoleGrant.objects.filter(roles).values("person") if roles else [])
        | Q(ref__in=refs.values("person_ref"))
        | Q(memberships__organisation__seats__body__contract=contract),
        is_active=True,
    )
    return list(found.distinct().order_by("name", "pk")[:MOST_SUGGESTED])


def organisations_to_suggest() -> Sequence[str]:
    """Names to choose among while typing."""
    names = Organisation.objects.order_by("sort_key", "id").values_list("name", flat=True)
    return list(names[:MOST_SUGGESTED])


def _with_contract(found: QuerySet[Body], path: str) -> QuerySet[Body]:
    """With what the rights read: bearers, département, communes."""
    return found.select_related("territory", "parent").prefetch_related(
        "territory__communes", Prefetch(path, contracts())
    )
