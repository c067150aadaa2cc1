"""What a week of proximity looks like: what came, what was settled, what is late, who is late."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from ..models import Area, Ticket, TicketStep
from .late import AWAITED, is_late


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday, Paris; counts of reports."""

    monday: date
    came: int
    closed: int
    declared: int
    reopened: int
    refused: int

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


# What each count of moves counts.
_MOVES = {
    "closed": Q(after="closed"),
    "declared": Q(after="declared_done"),
    "reopened": Q(move__in=("reopen", "reopen_unowned")),
    "refused": Q(after="refused"),
}


def monday_of(day: date) -> date:
    """The Monday of the week that holds this day."""
    return day - timedelta(days=day.weekday())


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def week_and_last(area: Area, monday: date) -> tuple[Week, Week]:
    """The counts of a week and of the one before; two queries."""
    mondays = (monday, monday - timedelta(days=7))
    since, until = mondays[1], monday + timedelta(days=7)
    came = Ticket.objects.filter(area=area, created_at__gte=_begins(since), created_at__lt=_begins(until))
    # The area is asked of each move counted: a database that began with it would read every report.
    moved, here = TicketStep.objects.filter(on__gte=since, on__lt=until), Q(ticket__area=area)
    arrived = came.aggregate(
        **{
            f"came{n}": Count("pk", filter=_within("created_at", _begins(one)))
            for n, one in enumerate(mondays)
        }
    )
    done = moved.aggregate(
        **{
            f"{name}{n}": Count("pk", filter=here & which & _within("on", one))
            for n, one in enumerate(mondays)
            for name, which in _MOVES.items()
        }
    )
    counted = arrived | done
    this, last = (
        Week(one, **{name: counted[f"{name}{n}"] for name in ("came", *_MOVES)})
        for n, one in enumerate(mondays)
    )
    return this, last


def _within(field: str, first: date) -> Q:
    """Seven days from the first one."""
    return Q(**{f"{field}__gte": first, f"{field}__lt": first + timedelta(days=7)})


def late_by_partner(area: Area, on: date) -> list[dict[str, Any]]:
    """Who is late on how much, the most first: `partner_id` and `partner__name` (None: nobody has it yet),
    `late`, `open`.
    """
    awaited = Ticket.objects.filter(area=area, state__in=AWAITED)
    by_partner = awaited.order_by().values("partner_id", "partner__name")
    found = by_partner.annotate(late=Count("pk", filter=is_late(on, area)), open=Count("pk"))
    return sorted(map(dict, found), key=lambda one: (-one["late"], -one["open"], one["partner__name"] or ""))
