"""When a report is late: past the day by which it is awaited, whoever has to act, in working days.

One rule for the list, its filter, the panels, the counts, the sheet and those who are told.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from faubourg.rules.proximity.circuits import ON_THE_CLOCK
from faubourg.rules.proximity.deadlines import late_before, working_days_late
from faubourg.rules.working_days import Place

from ..models import Arbitration, Area, Ticket

# Somebody is awaited by a day.
AWAITED = (*ON_THE_CLOCK, "unowned")


def place_of(area: Area) -> Place:
    """The public holidays that count here."""
    return Place.ALSACE_MOSELLE if area.alsace_moselle else Place.FRANCE


def with_arbitration(tickets: "QuerySet[Ticket]") -> "QuerySet[Ticket]":
    """With `arbitrate_by`, the day by which a place of nobody is awaited: see `awaited_on`."""
    waiting = Arbitration.objects.filter(ticket=OuterRef("pk"), decided_on=None).values("due_on")[:1]
    return tickets.annotate(arbitrate_by=Subquery(waiting))


def awaited_on(ticket: Ticket) -> date | None:
    """The day of its category, that of its arbitration, None when nothing is awaited by a day.

    The report comes from `with_arbitration`.
    """
    if ticket.state == "unowned":
        due: date | None = ticket.arbitrate_by  # type: ignore[attr-defined]
        return due
    return ticket.due_on if ticket.state in ON_THE_CLOCK else None


def days_late(ticket: Ticket, on: date) -> int:
    """Working days past the day by which it is awaited, 0 in time."""
    due = awaited_on(ticket)
    return working_days_late(due, on, place_of(ticket.area)) if due else 0


def is_late(on: date, area: Area | None = None) -> Q:
    """The reports of which `days_late` is not 0 that day; of any area when none is given."""
    if area is not None:
        return _awaited_before(late_before(on, place_of(area)))
    here, there = late_before(on), late_before(on, Place.ALSACE_MOSELLE)
    if here == there:
        return _awaited_before(here)
    return Q(_awaited_before(here), area__alsace_moselle=False) | Q(
        _awaited_before(there), area__alsace_moselle=True
    )


def _awaited_before(day: date) -> Q:
    undecided = Arbitration.objects.filter(ticket=OuterRef("pk"), decided_on=None, due_on__lt=day)
    late = Q(state__in=ON_THE_CLOCK, due_on__lt=day) | Q(Exists(undecided), state="unowned")
    # Said twice: a database begins with the few that are awaited.
    return Q(state__in=AWAITED) & late
