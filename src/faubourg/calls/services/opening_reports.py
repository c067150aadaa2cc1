"""Reports open by themselves when money is granted, and remind by themselves as their day comes.

Everything here may run twice, at once, or after a year of silence: it ends the same.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from faubourg.base.actor import FAUBOURG, Actor
from faubourg.rules.calls.circuits import APPLICATION, REPORT_CIRCUIT
from faubourg.rules.calls.clocks import REPORT_REMINDERS, report_due, report_form
from faubourg.rules.calls.report import exercise_end, last_day_of, reminder_owed

from ..models import Applicant, Application, Call, FunderDecision, Report
from ..queries.reports import GRANTED, granted_by_year
from ..reminding import reminder_letter
from .moving import keep, locked, move

REMINDED = ("awaited", "reminded")
CALENDAR_YEAR = "12-31"


def open_reports(*, application: Application, by: Actor = FAUBOURG, on: date | None = None) -> list[Report]:
    """A report for each year that a funder grants, prefilled from the dossier; those that exist stay."""
    with transaction.atomic():
        held = locked(application)
        granted = granted_by_year(held)
        known = set(held.reports.values_list("year", flat=True))
        return [_open(held, year, granted[year], by, on) for year in granted if year not in known]


def due_of(application: Application, last_day: date) -> date:
    """Six months after the exercise in which the action ends."""
    sheet = Applicant.objects.filter(organisation=application.organisation_id).only("exercise_ends").first()
    return report_due(exercise_end(sheet.exercise_ends if sheet else CALENDAR_YEAR, last_day))


def _open(application: Application, year: int, granted: int, by: Actor, on: date | None) -> Report:
    report = Report.objects.create(
        application=application,
        year=year,
        state="",
        form=report_form(granted).value,
        due_on=due_of(application, last_day_of(year, application.ends_on)),
    )
    _prefill(report)
    move(report, REPORT_CIRCUIT, "await", by=by, on=on, told={"year": year})
    return report


def _prefill(report: Report) -> None:
    """What is known already is not typed again: accounts, promises, places."""
    application = report.application
    lines = [
        report.lines.model(
            report=report,
            account=line.account,
            label=line.label or (line.funder.name if line.funder else ""),
            planned_cents=line.cents,
            order=order,
        )
        for order, line in enumerate(application.budget_lines.select_related("funder"))
        if line.cents
    ]
    report.lines.bulk_create(lines)
    report.indicators.bulk_create(
        report.indicators.model(report=report, promised=promised) for promised in application.indicators.all()
    )
    report.places.bulk_create(
        report.places.model(report=report, territory=place) for place in application.territories.all()
    )


def remind(*, report: Report, by: Actor = FAUBOURG, on: date | None = None) -> bool:
    """Give the reminder whose day has come: a step, a letter to send; False when none is owed."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(report)
        last = held.steps.filter(move="remind").aggregate(last=Max("on"))["last"]
        owed = reminder_owed(held.due_on, last, day)
        if held.state not in REMINDED or owed is None:
            return False
        move(held, REPORT_CIRCUIT, "remind", by=by, on=day, told={"due_on": held.due_on.isoformat()})
        held.application.letters.create(**reminder_letter(held))
        await_report(held, by, day)
    return True


def await_report(report: Report, by: Actor, day: date) -> None:
    """The dossier itself waits for its report once the action of the year is over. Inside a transaction."""
    application = locked(report.application)
    over = last_day_of(report.year, application.ends_on) < day
    if over and APPLICATION.may_start("await-report", application.state).ok:
        keep(application, APPLICATION, "await-report", by=by, on=day)


def bring_up_to_date(
    *, call: Call | None = None, on: date | None = None, most: int = 5_000
) -> tuple[int, int]:
    """Open what should be, remind what is owed, in one call or in all; how many of each. Two queries when
    nothing waits."""
    day = on or timezone.localdate()
    opened = [open_reports(application=each, on=day) for each in _without_report(call)[:most]]
    reminded = [remind(report=each, on=day) for each in _to_remind(call, day)[:most]]
    return sum(map(len, opened)), sum(reminded)


def _without_report(call: Call | None) -> "QuerySet[Application]":
    known = Report.objects.filter(application=OuterRef("application"), year=OuterRef("year"))
    rows = FunderDecision.objects.filter(~Exists(known), state__in=GRANTED, amount_cents__gt=0)
    rows = rows.filter(application__call=call) if call else rows
    return Application.objects.filter(pk__in=rows.values("application")).order_by("pk")


def _to_remind(call: Call | None, day: date) -> "QuerySet[Report]":
    """Awaited, within the days of the first reminder, and not yet reminded on the day itself."""
    rows = Report.objects.filter(state__in=REMINDED, due_on__lte=day + timedelta(days=max(REPORT_REMINDERS)))
    rows = rows.filter(application__call=call) if call else rows
    return (
        rows.annotate(last=Max("steps__on", filter=Q(steps__move="remind")))
        .filter(Q(last=None) | Q(last__lt=F("due_on")))
        .select_related("application")
        .order_by("due_on", "pk")
    )
