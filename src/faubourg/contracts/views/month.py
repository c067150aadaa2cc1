"""The meetings of all bodies on one page: a month at a time, what clashes; and the list of all of them."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.contracts.governance_listings import MEETINGS, meeting_filter_for
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Meeting
from faubourg.contracts.queries.meetings import (
    MonthOf,
    clashes_among,
    meetings_in,
    meetings_of_contract,
    months_of,
)
from faubourg.rules.governance.clashes import SENTENCES, Clash, Level
from faubourg.rules.verdict import Reason

from .finding import asked_contract, tidy_address
from .steering import Rights

# The years that a meeting may have (`forms.meetings`).
FIRST_YEAR, LAST_YEAR = 1980, 2100


@dataclass(frozen=True)
class Day:
    """One cell of the grid."""

    day: date
    inside: bool
    meetings: tuple[tuple[Meeting, str], ...]


@require_safe
def contract_meetings(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/reunions/?mois=2024-03`: every body on one calendar."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    months, today = months_of(contract), timezone.localdate()
    first = _asked_month(request.GET.get("mois", ""), months, today)
    last = _month_after(first) - timedelta(days=1)
    found = [
        (meeting, contract_url(contract, "meeting", meeting.pk))
        for meeting in meetings_in(contract, first, last)
    ]
    rights = Rights(request.user, contract)
    context = {
        "contract": contract,
        "month": first,
        "weekdays": [WEEKDAYS[rank] for rank in range(7)],
        "weeks": _grid(first, found),
        "found": _with_clashes(found, named=bool(rights.read.ok)),
        "months": _around(contract, months, first),
        "today": today,
        "may_read": rights.read,
        "urls": {
            name: contract_url(contract, name)
            for name in ("contract", "contract_governance", "contract_calendar", "contract_meeting_list")
        },
        "calendar": request.build_absolute_uri(contract_url(contract, "contract_calendar")),
    }
    return render(request, "contracts/meetings.html", context)


@require_safe
def contract_meeting_list(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/reunions/liste/`: all of them, filtered, sorted, carried away."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    listing = replace(MEETINGS, filter_form=meeting_filter_for(contract.bodies.all()))
    names = ("contract", "contract_governance", "contract_meetings")
    context = {"contract": contract, "urls": {name: contract_url(contract, name) for name in names}}
    return listing.respond(request, meetings_of_contract(contract), "contracts/meeting_list.html", context)


def _asked_month(asked: str, months: Sequence[MonthOf], today: date) -> date:
    """The first day of the month of the address; without one, the next month that holds a meeting, else the
    last that held one."""
    try:
        first = date.fromisoformat(f"{asked}-01")
        if FIRST_YEAR <= first.year <= LAST_YEAR:
            return first
    except ValueError:
        pass  # what is typed in an address may be anything
    present = today.replace(day=1)
    coming = [month.first for month in months if month.first >= present]
    return coming[0] if coming else (months[-1].first if months else present)


def _month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _grid(first: date, found: Sequence[tuple[Meeting, str]]) -> list[list[Day]]:
    """Whole weeks from Monday to Sunday; the days of other months stay empty."""
    by_day: dict[date, list[tuple[Meeting, str]]] = {}
    for meeting, url in found:
        by_day.setdefault(timezone.localdate(meeting.starts_at), []).append((meeting, url))
    return [
        [Day(day, day.month == first.month, tuple(by_day.get(day, ()))) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _with_clashes(found: Sequence[tuple[Meeting, str]], *, named: bool) -> list[dict[str, Any]]:
    """Each meeting of the month with what gets in its way: the same pair is told on both sides."""
    meetings = {meeting.pk: meeting for meeting, _url in found}
    clashes: dict[int, list[tuple[Meeting, Reason]]] = {}
    for clash in clashes_among(list(meetings.values())):
        said = _sentence(clash, named=named)
        clashes.setdefault(clash.first, []).append((meetings[clash.second], said))
        clashes.setdefault(clash.second, []).append((meetings[clash.first], said))
    return [
        {"meeting": meeting, "url": url, "clashes": clashes.get(meeting.pk, [])} for meeting, url in found
    ]


def _sentence(clash: Clash, *, named: bool) -> Reason:
    """Names of people for the partners only."""
    level, shared = clash.level, ", ".join(clash.shared)
    if level == Level.PEOPLE and not named:
        return Reason(Level.PEOPLE, False, SENTENCES[Level.HOURS])
    return Reason(level, False, SENTENCES[level], {"shared": shared})


def _around(contract: Contract, months: Sequence[MonthOf], first: date) -> dict[str, Any]:
    """Where one goes from here: the months before and after, and every month that holds a meeting."""
    address = contract_url(contract, "contract_meetings")
    joint = "&" if "?" in address else "?"

    def url(day: date) -> str:
        return f"{address}{joint}mois={day:%Y-%m}"

    years: dict[int, list[tuple[MonthOf, str]]] = {}
    for month in months:
        years.setdefault(month.first.year, []).append((month, url(month.first)))
    return {
        "before": url((first - timedelta(days=1)).replace(day=1)),
        "after": url(_month_after(first)),
        "years": sorted(years.items(), reverse=True),
        "empty": _("Aucune réunion ce mois-ci."),
    }
