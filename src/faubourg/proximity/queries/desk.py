"""What waits for a person on the first page: a referent’s reports, what only a coordinator can move."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from faubourg.people.models import Person
from faubourg.rules.proximity.circuits import BEING_TREATED, OPEN

from ..access.areas import partners_of
from ..models import Area, AreaSeat, Photo, Ticket

MOST_AREAS = 6
_PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the first page; `late` when a deadline is over."""

    label: str
    detail: str
    url: str
    late: bool = False


def reports_waiting(person: Person) -> list[Waiting]:
    """As a referent, what is mine and what is late; as a coordinator, what the team alone can move."""
    return [*_mine(person), *_coordinated(person)]


def _mine(person: Person) -> list[Waiting]:
    """One query."""
    asked = Ticket.objects.filter(partner__in=partners_of(person), state__in=OPEN).order_by()
    late = Q(state__in=BEING_TREATED, due_on__lt=timezone.localdate())
    counted = asked.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    if not counted["all"]:
        return []
    n, behind = counted["all"], counted["late"]
    detail = ngettext("{n} signalement", "{n} signalements", n).format(n=n)
    if behind:
        detail += ngettext(", {n} en retard", ", {n} en retard", behind).format(n=behind)
    return [Waiting(gettext("Signalements à traiter"), detail, reverse("my_tickets"), bool(behind))]


def _coordinated(person: Person) -> list[Waiting]:
    """Two queries."""
    areas = list(_areas_of(person, timezone.localdate()))
    if not areas:
        return []
    waiting = Ticket.objects.filter(area__in=areas, state__in=("new", "unowned")).order_by()
    unseen = Photo.objects.filter(ticket__area__in=areas, validated_at=None, document__isnull=False)
    photos = unseen.order_by().annotate(where=F("ticket__area"), what=Value(_PHOTOS)).values("where", "what")
    states = waiting.annotate(where=F("area"), what=F("state")).values("where", "what")
    rows = states.annotate(n=Count("pk")).union(photos.annotate(n=Count("pk")), all=True)
    found = {(row["where"], row["what"]): row["n"] for row in rows}
    return [
        line
        for area in areas
        for line in (
            _line(area, gettext("à qualifier"), found.get((area.pk, "new"), 0), "area_tickets", "?etat=new"),
            _line(area, gettext("sans responsable"), found.get((area.pk, "unowned"), 0), "area_unowned"),
            _line(area, gettext("photos à relire"), found.get((area.pk, _PHOTOS), 0), "area_photos"),
        )
        if line is not None
    ]


def _areas_of(person: Person, on: date) -> list[Area]:
    """Those that this person coordinates that day."""
    in_post = Q(until__isnull=True) | Q(until__gte=on)
    seats = AreaSeat.objects.filter(in_post, person=person, task=AreaSeat.Task.COORDINATOR, since__lte=on)
    return list(Area.objects.filter(pk__in=seats.values("area")).order_by("name")[:MOST_AREAS])


def _line(area: Area, what: str, n: int, name: str, query: str = "") -> Waiting | None:
    return Waiting(f"{area.name} : {what}", str(n), reverse(name, args=[area.code]) + query) if n else None
