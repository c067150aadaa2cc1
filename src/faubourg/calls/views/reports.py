"""The reports of a call, mine, and the page of one."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.refusal import require
from faubourg.people.models import Person
from faubourg.rules import calendar
from faubourg.rules.calls.circuits import REPORT_CIRCUIT
from faubourg.rules.calls.report import judge
from faubourg.rules.verdict import Verdict

from ..access import can_run_call
from ..access.dossiers import can_list_dossiers
from ..access.readers import Reader
from ..access.reports import OPEN_STATES, can_check_report, still_open
from ..listings_reports import CALL_REPORTS, MY_REPORTS, report_state
from ..models import Report
from ..queries.reports import accounts_of, reports_of_call, reports_of_person, told_of
from ..report_rows import sides_of
from ..services.checking_reports import PUBLISHED_STATES
from ..services.opening_reports import bring_up_to_date
from .finding import asked_call
from .report_finding import asked_report, dossier_page

# What one reading of the list catches up: the command does the rest.
MOST_AT_ONCE = 20


@require_safe
def call_reports(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/bilans/`: late first; what a clock made due is written first."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    bring_up_to_date(call=call, most=MOST_AT_ONCE)
    rows = reports_of_call(call, request.user, timezone.localdate())
    context = {"call": call, "may_run": can_run_call(request.user, call)}
    return CALL_REPORTS.respond(request, rows, "calls/reports/list.html", context)


@require_safe
@login_required
def my_reports(request: HttpRequest) -> HttpResponse:
    """`/mes-bilans/`: those of the organisations for which I act."""
    rows = reports_of_person(cast(Person, request.user), timezone.localdate())
    return MY_REPORTS.respond(request, rows, "calls/reports/mine.html")


@require_safe
def report(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/`: what was planned, what was done, what is to be done now."""
    reader, found = asked_report(request, pk, year)
    return report_page(request, reader, found)


def report_page(
    request: HttpRequest, reader: Reader, report: Report, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a report; after a refusal, with what was typed."""
    checks = can_check_report(reader).ok is True
    accounts = accounts_of(report) if report.handed_in_at else []
    context = {
        "report": report,
        "state": report_state(report),
        "due": _due(report),
        "sides": sides_of(report),
        "verdict": judge(told_of(report)) if report.state in OPEN_STATES else None,
        "may_write": still_open(report) if reader.applies else None,
        "checks": checks,
        "may": {t.act.replace("-", "_"): t.name for t in REPORT_CIRCUIT.acts_from(report.state)},
        "accounts": Verdict(tuple(account.reason for account in accounts)),
        "recoveries": [
            each for each in report.recoveries.all() if not reader.applies or each.state != "draft"
        ],
        "publishable": report.state in PUBLISHED_STATES,
        "photos": [file for file in report.files.all() if is_photo(file)],
        "papers": [file for file in report.files.all() if not is_photo(file)],
        "steps": list(report.steps.all()),
        **more,
    }
    return dossier_page(request, reader, "calls/reports/report.html", status=status, **context)


def is_photo(file: Any) -> bool:
    """Whether a file of a report is drawn on its page."""
    return bool(file.document.media_type.startswith("image/"))


def _due(report: Report) -> calendar.Judged:
    handed_in = timezone.localdate(report.handed_in_at) if report.handed_in_at else None
    done = None if report.state in OPEN_STATES else handed_in
    return calendar.judge(report.due_on, done, timezone.localdate())


@require_POST
def call_reports_catch_up(request: HttpRequest, code: str) -> HttpResponse:
    """Open and remind everything at once, when the daily command does not run."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    bring_up_to_date(call=call)
    return redirect("call_reports", call.code)
