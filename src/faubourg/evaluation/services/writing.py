"""Opening a report and writing its words, as long as it is in preparation."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.contracts.models import Contract
from faubourg.evaluation.models import AnnualReport, AnnualReportStep
from faubourg.rules.annual_report import STATE_NAMES, State, may_open
from faubourg.rules.verdict import Verdict, mark

from .steps import locked, note

WORDS = ("orientations", "situation", "actions", "articulation", "perspectives")


def open_report(*, contract: Contract, year: int, by: Actor, on: date | None = None) -> AnnualReport:
    """Open the report of a year that is over; Refused when it exists or the year still runs."""
    day = on or timezone.localdate()
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        found = AnnualReport.objects.filter(contract=contract, year=year).first()
        refuse_unless(may_open(State(found.state) if found else State.NONE, year=year, on=day))
        report = AnnualReport.objects.create(contract=contract, year=year)
        AnnualReportStep.objects.create(report=report, after=report.state, on=day, by=by.ref, by_name=by.name)
        note(report, "report.opened", by=by, after={"year": str(year)})
    return report


def write_report(
    *, report: AnnualReport, words: Mapping[str, str], base_version: int, by: Actor
) -> AnnualReport:
    """Change some of WORDS; Conflict when somebody saved in between, Refused once it was sent."""
    with transaction.atomic():
        found = locked(report, base_version)
        if found.state != AnnualReport.State.DRAFT:
            raise_sent(found)
        changed = [name for name in WORDS if name in words and getattr(found, name) != words[name]]
        if not changed:
            return found
        for name in changed:
            setattr(found, name, words[name])
        found.version += 1
        found.save()
        # The words themselves stand in the report: the journal says which changed.
        note(found, "report.written", by=by, after=dict.fromkeys(changed, ""))
    return found


def raise_sent(report: AnnualReport) -> None:
    """What councils read is what they were sent: the words no longer move."""
    sentence = mark("Ce rapport est {state} : son texte ne se modifie qu’en préparation.")
    refuse_unless(Verdict.no("report_state", sentence, state=STATE_NAMES[State(report.state)]))
