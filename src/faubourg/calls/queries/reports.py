"""Reports as they are read: one, those of a call, mine, those that an organisation still owes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Sum, Value, When

from faubourg.base.lasting import lasts_on
from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.dossier import LateReport
from faubourg.rules.calls.report import Compared, Told, totals
from faubourg.rules.calls.surplus import Settlement, judge_surplus, settle
from faubourg.rules.verdict import Reason

from ..access.reports import OPEN_STATES
from ..models import (
    ApplicantRole,
    Application,
    Call,
    CallFunder,
    FunderDecision,
    Payment,
    Recovery,
    Report,
    ReportedIndicator,
    ReportedPlace,
    ReportFile,
)
from .applications import without_recused

# What a funder owes or paid: a freeze changes the amount, not that it was granted.
GRANTED = ("notified", "committed", "paid", "frozen")
PENDING_PAYMENTS = ("to_issue", "ordered", "returned")
OPEN_RECOVERIES = ("draft", "hearing", "issued")


def missing_reports(organisation: int, on: date) -> tuple[LateReport, ...]:
    """The reports that this organisation owed before this day and has not handed in; one query."""
    rows = Report.objects.filter(
        application__organisation=organisation, due_on__lt=on, state__in=OPEN_STATES
    ).order_by("due_on")
    return tuple(LateReport(*row) for row in rows.values_list("application__title", "year", "due_on")[:20])


def report_of(application: Application, year: int) -> Report | None:
    """The report of one year with all that its pages show; six queries."""
    found = (
        Report.objects.filter(application=application, year=year)
        .prefetch_related(
            "lines",
            Prefetch("indicators", ReportedIndicator.objects.select_related("promised")),
            Prefetch("places", ReportedPlace.objects.select_related("territory")),
            Prefetch("files", ReportFile.objects.select_related("document")),
            Prefetch("recoveries", Recovery.objects.select_related("funder")),
        )
        .first()
    )
    if found is not None:
        # Already read, with what its rights are asked of.
        found.application = application
    return found


def granted_by_year(application: Application) -> dict[int, int]:
    """Cents granted by all funders, by year, in the order of the years; one query."""
    rows = application.decisions.filter(state__in=GRANTED, amount_cents__gt=0)
    return dict(rows.order_by("year").values_list("year").annotate(total=Sum("amount_cents")))


def compared(report: Report) -> list[Compared]:
    """Its lines as the rules compare them."""
    return [Compared(line.account, line.planned_cents, line.actual_cents) for line in report.lines.all()]


def told_of(report: Report) -> Told:
    """What it says so far; reads what `report_of` fetched."""
    return Told(
        form=report.form,
        lines=compared(report),
        story=report.story,
        results=report.results,
        gaps=report.gaps,
        indirect_costs=report.indirect_costs,
        audience_count=report.audience_count,
        places=sum(place.people is None for place in report.places.all()),
        indicators=sum(not counted.value.strip() for counted in report.indicators.all()),
        files=len(report.files.all()),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """What one funder granted and paid for the year, against the actual cost, in words."""

    funder: CallFunder
    settlement: Settlement
    reason: Reason


def accounts_of(report: Report) -> list[Account]:
    """Funder by funder; nothing is judged before the cost is told. Two queries."""
    cost = totals(compared(report))[Side.CHARGES]
    actual = 0 if report.exit == Report.Exit.NOT_DONE else cost.actual_cents
    if actual is None:
        return []
    paid = _paid(report)
    found: dict[CallFunder, int] = {}
    for decision in _decisions(report).select_related("funder"):
        found[decision.funder] = found.get(decision.funder, 0) + decision.amount_cents
    return [_account(funder, granted, paid.get(funder.pk, 0), cost.planned_cents, actual)
            for funder, granted in found.items()]  # fmt: skip


def _account(funder: CallFunder, granted: int, paid: int, planned: int, actual: int) -> Account:
    settlement = settle(granted, paid, planned, actual)
    return Account(funder, settlement, judge_surplus(funder.name, settlement, planned, actual))


def _decisions(report: Report) -> "QuerySet[FunderDecision]":
    """A cancelled decision is kept for what was paid before: it is given back."""
    return FunderDecision.objects.filter(application=report.application_id, year=report.year).filter(
        Q(state__in=GRANTED) | Q(state="cancelled", payments__state="paid")
    ).distinct()  # fmt: skip


def _paid(report: Report) -> Mapping[int, int]:
    rows = Payment.objects.filter(
        decision__application=report.application_id, decision__year=report.year, state="paid"
    )
    return dict(rows.order_by().values_list("decision__funder").annotate(total=Sum("cents")))


def is_settled(application: Application) -> bool:
    """Neither a payment nor a recovery is still under way; two queries."""
    payments = Payment.objects.filter(decision__application=application, state__in=PENDING_PAYMENTS)
    return not (
        payments.exists() or application.recoveries.filter(state__in=OPEN_RECOVERIES).exists()
    )  # fmt: skip


def reports_of_call(call: Call, person: Visitor, on: date) -> "QuerySet[Report]":
    """Those of a call that this person may list; `urgency`: 0 late, 1 to check, 2 awaited, 3 done."""
    mine = without_recused(Application.objects.filter(call=call), person)
    return _by_urgency(Report.objects.filter(application__in=mine), on)


def reports_of_person(person: Person, on: date) -> "QuerySet[Report]":
    """Those of the organisations that this person may write for."""
    held = ApplicantRole.objects.filter(
        lasts_on(on),
        person=person,
        organisation=OuterRef("application__organisation"),
    )
    return _by_urgency(Report.objects.filter(Exists(held)), on)


def _by_urgency(reports: "QuerySet[Report]", on: date) -> "QuerySet[Report]":
    urgency = Case(
        When(state__in=OPEN_STATES, due_on__lt=on, then=Value(0)),
        When(state__in=["handed_in", "not_done", "new_dates"], then=Value(1)),
        When(state__in=OPEN_STATES, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return reports.annotate(urgency=urgency).select_related("application__organisation", "application__call")


def recovery_by_pk(pk: int) -> Recovery | None:
    """One recovery with its funder and its steps; two queries."""
    found = Recovery.objects.select_related("funder", "report").prefetch_related("steps")
    return found.filter(pk=pk).first()
