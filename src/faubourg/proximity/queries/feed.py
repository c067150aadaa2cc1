"""What is said of an area to whoever follows it: the newest reports that somebody wrote for everybody."""

from datetime import datetime

from django.db.models import QuerySet

from ..models import Area, AreaAlert, Ticket, TicketStep
from .tickets import ROW

ENTRIES = 50
REPAIRED = ("declared_done", "closed")
MOST_TOLD = 40


def newest(area: Area, category: str = "", neighbourhood: str = "") -> "QuerySet[Ticket]":
    """At most fifty, of a category and of a neighbourhood (codes) when given; one query."""
    found = Ticket.objects.filter(area=area).exclude(public_text="").exclude(state="duplicate")
    if category:
        found = found.filter(category__code=category)
    if neighbourhood:
        found = found.filter(neighbourhood__code=neighbourhood)
    rows = found.select_related("category", "neighbourhood").only(*ROW, "updated_at")
    return rows.order_by("-created_at", "-pk")[:ENTRIES]


def moved_for(alert: AreaAlert, since: datetime, until: datetime) -> list[TicketStep]:
    """What was qualified or repaired in that time, where this alert looks; one query."""
    found = TicketStep.objects.filter(
        ticket__area=alert.area_id, recorded_at__gt=since, recorded_at__lte=until
    ).filter(after__in=("qualified", *REPAIRED))
    if alert.territory_id:
        found = found.filter(ticket__neighbourhood=alert.territory_id)
    if alert.category_id:
        found = found.filter(ticket__category=alert.category_id)
    shown = found.exclude(ticket__public_text="").exclude(ticket__state="duplicate")
    return list(shown.select_related("ticket__category", "ticket__neighbourhood").order_by("pk")[:MOST_TOLD])


def alert_by_key(key: str) -> AreaAlert | None:
    """The alert that a link opens; None for another key."""
    found = AreaAlert.objects.select_related("area", "territory", "category")
    return found.filter(key=key).first() if key else None


def alerts_to_tell(until: datetime) -> "QuerySet[AreaAlert]":
    """Confirmed, and not told since the day before."""
    return AreaAlert.objects.filter(confirmed_at__isnull=False, told_until__lt=until).order_by("pk")
