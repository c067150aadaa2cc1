"""Reports as lists and one by one: what the public reads, what the area's people read."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from faubourg.base.ordering import rows_at
from faubourg.rules.proximity.circuits import OPEN, REPORT
from faubourg.rules.proximity.places import Point, distance_m

from ..models import Arbitration, Area, Partner, Photo, Ticket, TicketPartner
from .late import is_late, with_arbitration

# What a row of a list shows: what was typed and who reported stay where they are.
ROW = (
    "reference", "state", "severity", "public_text", "created_at", "due_on", "planned_on", "version",
    "channel", "by_night", "reopened", "lon", "lat", "area__alsace_moselle",
    "category__name", "category__theme", "partner__name", "neighbourhood__name", "neighbourhood__sort_key",
)  # fmt: skip

# Moves that a resident may do with an account: their name is for the team, like that of whoever reported.
BY_RESIDENTS = frozenset({"file", "verify", "close_verified", "reopen", "reopen_unowned"})


def ticket_by_reference(reference: str) -> Ticket | None:
    """One report with what its sheet shows and its rights ask; None for an unknown reference."""
    return (
        with_arbitration(Ticket.objects.all())
        .select_related(
            "area__territory__departement",
            "area__territory__epci",
            "area__territory__region",
            "category",
            "partner",
            "neighbourhood",
            "original",
            "action",
            "spot",
        )
        .prefetch_related(
            "area__contracts",
            Prefetch("shares", TicketPartner.objects.select_related("partner")),
            Prefetch("photos", Photo.objects.select_related("redacted", "document").order_by("pk")),
        )
        .filter(reference=reference.strip().upper())
        .first()
    )


def rows(tickets: "QuerySet[Ticket]") -> "QuerySet[Ticket]":
    """The narrow rows of a list, as `late.days_late` asks: one query, joined."""
    return with_arbitration(tickets).select_related("category", "partner", "neighbourhood", "area").only(*ROW)


def tickets_of(area: Area) -> "QuerySet[Ticket]":
    """Every report of an area, as rows."""
    return rows(Ticket.objects.filter(area=area))


def counts_by_state(area: Area) -> list[tuple[str, str, int]]:
    """(state, its French name, how many), in the order of the circuit, none left out that holds some."""
    found = dict(Ticket.objects.filter(area=area).order_by().values_list("state").annotate(n=Count("pk")))
    return [(state, REPORT.states[state], found[state]) for state in REPORT.states if state in found]


def tickets_for(partners: "QuerySet[Partner] | list[Partner]") -> "QuerySet[Ticket]":
    """What is asked of these partners and not settled, theirs or shared: the soonest due first."""
    asked = Q(partner__in=partners) | Q(shares__partner__in=partners, shares__done_on=None)
    open_ones = Ticket.objects.filter(asked, state__in=OPEN).distinct()
    return rows(open_ones).order_by("due_on", "pk")


def late_of(area: Area, on: date, most: int) -> list[Ticket]:
    """What is late there, the oldest day first, as rows; two queries: keys are found in an index alone."""
    found = tickets_of(area).filter(is_late(on, area)).order_by("due_on", "pk")
    return rows_at(found, list(found.values_list("pk", flat=True)[:most]))


def open_arbitrations(area: Area) -> "QuerySet[Arbitration]":
    """Places that wait for somebody to answer for them, the soonest due first."""
    return (
        Arbitration.objects.filter(ticket__area=area, decided_on=None)
        .select_related("ticket__category", "ticket__neighbourhood", "ticket__area", "contested_by")
        .order_by("due_on", "pk")
    )


def nearest(tickets: "QuerySet[Ticket]", lon: float, lat: float) -> list[Ticket]:
    """These reports, the closest to a point first; `metres` says how far. For a referent's few hundred."""
    found = list(tickets)
    for one in found:
        one.metres = round(distance_m(Point(lon, lat), Point(one.lon, one.lat)))  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: (one.metres, one.pk))  # type: ignore[attr-defined]
