"""Which area an address or a place means, what a visitor first reads of it, and who runs one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, roles_of
from faubourg.rules.proximity.circuits.report import OPEN
from faubourg.territories.models import Territory

from ..access.areas import RUNNERS
from ..models import Area, Category, Ticket

SHOWN_REPAIRS = 6
MOST_SUGGESTED = 40


def areas() -> QuerySet[Area]:
    """Every area, with its territory and what its rights ask."""
    return Area.objects.select_related(
        "territory__departement", "territory__epci", "territory__region"
    ).prefetch_related("contracts")


def area_by_code(code: str) -> Area | None:
    """The area of this code, or None."""
    return areas().filter(code=code).first()


def listed_areas() -> QuerySet[Area]:
    """Every area with how much is open there and was closed, for the list."""
    return areas().annotate(
        open_tickets=Count("tickets", filter=Q(tickets__state__in=OPEN)),
        closed_tickets=Count("tickets", filter=Q(tickets__state="closed")),
    )


def contracts_over(territory: Territory) -> QuerySet[Contract]:
    """The contracts of today borne by this place or by the intercommunalité over it."""
    places = [one for one in (territory, territory.epci) if one is not None]
    return Contract.objects.filter(
        generation=Contract.Generation.G2024, bearers__territory__in=places
    ).distinct()


def contracts_of(area: Area) -> QuerySet[Contract]:
    """The contracts whose team may run this area: those that cover it, and those it already has."""
    covering = contracts_over(area.territory).values("pk")
    return Contract.objects.filter(Q(pk__in=covering) | Q(proximity_areas=area)).distinct()


def places_to_open(person: Visitor) -> list[Territory]:
    """The places where a role of this person runs things, without an area yet: what the form suggests."""
    asked = Q(pk__in=[])
    for grant in roles_of(person):
        kind, code = grant.scope_kind, grant.scope_code
        if grant.role not in RUNNERS:
            continue
        if kind == "contract":
            asked |= Q(borne_contracts__contract__code=code)
            asked |= Q(epci__borne_contracts__contract__code=code, neighbourhoods__isnull=False)
        else:
            asked |= Q(kind=kind, code=code)
            asked |= Q(epci__kind=kind, epci__code=code, neighbourhoods__isnull=False)
    today = Territory.objects.filter(asked, kind__in=("commune", "epci"), valid_to__isnull=True)
    return list(today.filter(proximity_area=None).distinct().order_by("kind", "sort_key")[:MOST_SUGGESTED])


@dataclass(frozen=True, slots=True)
class Counted:
    """One category and how it goes: being treated now, closed since the moment asked about."""

    category: Category
    open: int
    closed: int


def counted_categories(area: Area, since: datetime) -> list[Counted]:
    """The categories that are offered, in their order; three queries whatever the number of reports."""
    # Apart and counted here, so that an index answers each: no report of former years is read.
    opened, closed = (
        Counter(area.tickets.filter(which).order_by().values_list("category", flat=True))
        for which in (Q(state__in=OPEN), Q(state="closed", closed_at__gte=since))
    )
    offered = area.categories.filter(active=True).order_by("order", "name")
    return [Counted(one, opened[one.pk], closed[one.pk]) for one in offered]


def latest_repairs(area: Area) -> Sequence[Ticket]:
    """What was closed last, with words that somebody of the area wrote for everybody."""
    closed = area.tickets.filter(state="closed", closed_at__isnull=False).exclude(public_text="")
    return list(
        closed.select_related("category", "neighbourhood").order_by("-closed_at", "-pk")[:SHOWN_REPAIRS]
    )


def settings_counts(area: Area, on: date) -> dict[str, int]:
    """How many of each thing an area is set with; one query a thing."""
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    return {
        "categories": area.categories.filter(active=True).count(),
        "partners": area.partners.filter(active=True).count(),
        "seats": area.seats.filter(in_force).count(),
        "lands": area.lands.filter(in_force).count(),
        "routes": area.routes.count(),
        "spots": area.spots.filter(active=True).count(),
        "unread": area.translations.filter(validated_at=None).count(),
    }
