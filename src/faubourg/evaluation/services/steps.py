"""What every act on a report shares: the lock, the version, the refusal, the step, the journal."""

from datetime import date
from typing import Unpack

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict
from faubourg.evaluation.models import AnnualReport, AnnualReportStep
from faubourg.rules.annual_report import State

LONGEST_NOTE = 400


def locked(report: AnnualReport, base_version: int | None = None) -> AnnualReport:
    """The row, locked, as it is now; Conflict when it is no longer the version that was read."""
    found = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if base_version is not None and found.version != base_version:
        raise Conflict
    found.contract = report.contract
    return found


def move(report: AnnualReport, target: State, *, on: date, by: Actor, note: str = "") -> None:
    """Save the report in its next state, and the dated step that led there."""
    before, report.state = report.state, AnnualReport.State(target.value)
    report.version += 1
    report.save()
    AnnualReportStep.objects.create(
        report=report,
        before=before,
        after=report.state,
        on=on,
        note=note[:LONGEST_NOTE],
        by=by.ref,
        by_name=by.name,
    )


def note(report: AnnualReport, act: str, *, by: Actor, **told: Unpack[journal.Told]) -> None:
    """Tell the journal what was done to this report."""
    contract = report.contract
    journal.record(
        by=by,
        act=act,
        kind="annual_report",
        ref=f"{contract.generation}/{contract.code}/{report.year}",
        **told,
    )
