"""The lists of reports, the queue of places nobody owns, the referent’s day, the coordinator’s week."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.base.refusal import require
from faubourg.people.access import can_use_account
from faubourg.rules.proximity.circuits import OPEN

from .. import access
from ..listings_tickets import MINE, UNOWNED, listing_for
from ..queries import tickets as queries
from ..queries import weeks
from ..queries.late import is_late
from .finding import asked_area

# How many of each kind the week shows; the list shows them all.
_SHOWN = 12
_NEAR = 20


@never_cache
@require_safe
def area_tickets(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/signalements/`"""
    area = asked_area(code)
    require(access.can_follow_area(request.user, area))
    context = {"area": area, "follows": True, "may_take": access.can_take_calls(request.user, area).ok}
    listing = listing_for(area)
    return listing.respond(request, queries.tickets_of(area), "proximity/tickets/list.html", context)


@never_cache
@require_safe
def area_unowned(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/sans-responsable/`"""
    area = asked_area(code)
    require(access.can_follow_area(request.user, area))
    context = {"area": area, "follows": True}
    rows = queries.open_arbitrations(area)
    return UNOWNED.respond(request, rows, "proximity/tickets/unowned.html", context)


@never_cache
@require_safe
def my_tickets(request: HttpRequest) -> HttpResponse:
    """`/mes-signalements/`: mine, late first, those around a point when the phone gives one."""
    require(can_use_account(request.user))
    partners = list(access.partners_of(request.user))
    found = queries.tickets_for(partners)
    today = timezone.localdate()
    if request.GET.get("format"):
        return MINE.respond(request, found)
    here = _here(request)
    listing = MINE.bind(request, found)
    late = list(found.filter(is_late(today))[:_SHOWN])
    context = {
        "listing": listing,
        "partners": partners,
        "late": late,
        "planned": found.filter(planned_on=today)[:_SHOWN],
        "near": queries.nearest(found, *here)[:_NEAR] if here else None,
    }
    return render(request, "proximity/tickets/mine.html", context)


def _here(request: HttpRequest) -> tuple[float, float] | None:
    """The point that the address gives, `?lon=3.08&lat=45.77`; None for anything else."""
    try:
        lon, lat = float(request.GET.get("lon", "")), float(request.GET.get("lat", ""))
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


@never_cache
@require_safe
def area_week(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/semaine/?du=2026-03-02`: what came and went, what waits for the team."""
    area = asked_area(code)
    require(access.can_follow_area(request.user, area))
    today = timezone.localdate()
    monday = weeks.monday_of(_asked_day(request) or today)
    rows = queries.tickets_of(area)
    this, last = weeks.week_and_last(area, monday)
    context = {
        "area": area,
        "follows": True,
        "week": this,
        "last_week": last,
        "before": monday - timedelta(days=7),
        "next": monday + timedelta(days=7) if monday + timedelta(days=7) <= today else None,
        "new": rows.filter(state="new").order_by("due_on", "pk")[:_SHOWN],
        "unowned": queries.open_arbitrations(area)[:_SHOWN],
        "late": queries.late_of(area, today, _SHOWN),
        "planned": rows.filter(
            state__in=OPEN, planned_on__gte=monday, planned_on__lt=monday + timedelta(days=7)
        ).order_by("planned_on", "pk")[:_SHOWN],
        "by_partner": weeks.late_by_partner(area, today),
        "states": queries.counts_by_state(area),
    }
    return render(request, "proximity/tickets/week.html", context)


def _asked_day(request: HttpRequest) -> date | None:
    try:
        day = parse_date(request.GET.get("du", ""))
    except ValueError:
        return None
    return day if day and date(2000, 1, 3) <= day <= date(2200, 1, 1) else None
