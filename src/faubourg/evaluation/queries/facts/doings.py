"""What was done in the year: actions, commitments, meetings, deliverables, interpellations. No person."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from faubourg.contracts.models import (
    Action,
    Commitment,
    Contract,
    Deliverable,
    Interpellation,
    InterpellationStep,
    Meeting,
    Objective,
)


def axes(contract: Contract) -> list[dict[str, Any]]:
    """The axes of the contract and how many objectives each holds, at both ranks below."""
    found: dict[int, dict[str, Any]] = {}
    parents: dict[int, int | None] = {}
    objectives = list(Objective.objects.filter(contract=contract, withdrawn_on=None))
    for objective in objectives:
        parents[objective.pk] = objective.parent_id
        if objective.rank == Objective.Rank.AXIS:
            found[objective.pk] = {"number": objective.number, "title": objective.title, "objectives": 0}
    for objective in objectives:
        above = objective.parent_id
        while above is not None and above not in found:
            above = parents.get(above)
        if above is not None:
            found[above]["objectives"] += 1
    return list(found.values())


def actions(contract: Contract, year: int) -> list[dict[str, Any]]:
    """Those that the year touches, and those without dates that are under way or done."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    dated = Q(starts_on__isnull=False) | Q(ends_on__isnull=False)
    touched = (
        dated
        & (Q(starts_on__isnull=True) | Q(starts_on__lte=last))
        & (Q(ends_on__isnull=True) | Q(ends_on__gte=first))
    )
    undated = Q(starts_on__isnull=True, ends_on__isnull=True) & ~Q(state=Action.State.PROPOSED)
    found = (
        Action.objects.filter(touched | undated, contract=contract)
        .select_related("lead", "source")
        .annotate(place=F("neighbourhoods__name"))
        .order_by("line", "pk", "neighbourhoods__sort_key", "neighbourhoods__code")
    )
    # One row an action and place.
    places: dict[Action, list[str]] = {}
    for row in found:
        places.setdefault(row, []).extend([row.place] if row.place else [])
    return [
        {
            "line": action.line,
            "title": action.title,
            "lead": action.lead.name if action.lead else action.lead_printed,
            "state": action.state,
            "starts_on": _iso(action.starts_on),
            "ends_on": _iso(action.ends_on),
            "printed_dates": action.printed_dates,
            "indicator": action.indicator,
            "places": named,
            "source": {"slug": action.source_id, "title": action.source.title} if action.source else None,
        }
        for action, named in places.items()
    ]


def commitments(contract: Contract, year: int, on: date) -> list[dict[str, Any]]:
    """What partners had promised for that year or before and had not settled when it began."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = (
        Commitment.objects.filter(contract=contract)
        .exclude(kept_on__lt=first)
        .exclude(dropped_on__lt=first)
        .select_related("partner")
        .order_by("due_on", "pk")
    )
    told = []
    for each in found:
        kept, dropped = _within(each.kept_on, last), _within(each.dropped_on, last)
        if each.due_on is not None and each.due_on > last and not (kept or dropped):
            continue
        told.append(
            {
                "partner": each.partner.name if each.partner else each.partner_printed,
                "text": each.text,
                "due_on": _iso(each.due_on),
                "due_printed": each.due_printed,
                "kept_on": _iso(kept),
                "dropped_on": _iso(dropped),
                "dropped_reason": each.dropped_reason if dropped else "",
                "late": not (kept or dropped) and each.due_on is not None and each.due_on < min(on, last),
            }
        )
    return told


def meetings(contract: Contract, year: int) -> list[dict[str, Any]]:
    """The meetings held that year (Europe/Paris), how many decisions each took, how many are open."""
    zone = timezone.get_default_timezone()
    start, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    found = (
        Meeting.objects.filter(
            body__contract=contract, state=Meeting.State.HELD, starts_at__gte=start, starts_at__lt=end
        )
        .select_related("body")
        .annotate(taken=Count("decisions"), left=Count("decisions", filter=Q(decisions__state="open")))
        .order_by("starts_at", "pk")
    )
    return [
        {
            "body": meeting.body.name,
            "kind": meeting.body.kind,
            "on": timezone.localtime(meeting.starts_at, zone).date().isoformat(),
            "decisions": meeting.taken,
            "open": meeting.left,
        }
        for meeting in found
    ]


def deliverables(contract: Contract, year: int, on: date) -> list[dict[str, Any]]:
    """What was due by the end of the year and not delivered before it began; late days are computed."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = (
        Deliverable.objects.filter(contract=contract, due_on__lte=last)
        .exclude(delivered_on__lt=first)
        .select_related("territory", "organisation", "body")
        .order_by("due_on", "pk")
    )
    told = []
    for each in found:
        owner = each.territory or each.organisation or each.body
        assert each.due_on is not None
        told.append(
            {
                "name": each.name,
                "owed_by": owner.name if owner else each.owed_by,
                "due_on": each.due_on.isoformat(),
                "due_printed": each.due_printed,
                "delivered_on": _iso(each.delivered_on),
                "days_late": max(0, ((each.delivered_on or on) - each.due_on).days),
            }
        )
    return told


def interpellations(contract: Contract, year: int) -> list[dict[str, Any]]:
    """The public ones that were alive that year, with the days of their steps."""
    steps_of: dict[Interpellation, list[InterpellationStep]] = {}
    read = InterpellationStep.objects.filter(
        interpellation__contract=contract, interpellation__published_on__isnull=False
    ).select_related("interpellation")
    for step in read.order_by("interpellation", "pk"):
        steps_of.setdefault(step.interpellation, []).append(step)
    told = []
    for each, every in steps_of.items():
        steps = [step for step in every if step.on.year <= year]
        answered = next((step for step in steps if step.state == Interpellation.State.ANSWERED), None)
        if steps and not (answered and answered.on.year < year):
            told.append(
                {
                    "ref": each.pk,
                    "title": each.title,
                    "submitted_by": each.submitted_by,
                    "submitted_on": steps[0].on.isoformat(),
                    "state": steps[-1].state,
                    "answered_on": _iso(answered.on if answered else None),
                }
            )
    return told


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _within(day: date | None, last: date) -> date | None:
    """The day if it came by the end of the year: what came later is next year's to tell."""
    return day if day is not None and day <= last else None
