"""The deliberation that approves a report and says what becomes of the observations; then its publication."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import refuse_unless
from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.evaluation.queries import opinions_of
from faubourg.rules.annual_report import Act, State, may_deliberate, may_start
from faubourg.rules.verdict import Reason, Verdict, mark

from .steps import locked, move, note

OBSERVING = frozenset({Opinion.Sense.RESERVED, Opinion.Sense.UNFAVOURABLE, Opinion.Sense.OBSERVATIONS})


def record_deliberation(
    *,
    report: AnnualReport,
    on: date,
    deliberation: str,
    follow_up: str,
    base_version: int,
    by: Actor,
    document: Document | None = None,
    today: date | None = None,
) -> AnnualReport:
    """`deliberation` names the act (number, assembly); `follow_up` answers the observations."""
    with transaction.atomic():
        found = locked(report, base_version)
        observed = sum(opinion.sense in OBSERVING for opinion in opinions_of(found))
        verdict = may_deliberate(
            State(found.state),
            on=on,
            closed_on=found.closed_on,
            today=today or timezone.localdate(),
            observed=observed,
            follow_up=follow_up,
        )
        named = Reason(
            "deliberation", bool(deliberation.strip()), mark("Citez la délibération : assemblée et numéro.")
        )
        refuse_unless(Verdict((*verdict.reasons, named)))
        found.deliberated_on, found.deliberation = on, deliberation.strip()
        found.follow_up, found.deliberation_document = follow_up.strip(), document
        move(found, State.DELIBERATED, on=on, by=by, note=found.deliberation)
        note(found, "report.deliberated", by=by, after={"deliberation": found.deliberation})
    return found


def publish_report(*, report: AnnualReport, by: Actor, on: date | None = None) -> AnnualReport:
    """Open the report to everybody, its annexes included; nothing of it changes any more."""
    day = on or timezone.localdate()
    with transaction.atomic():
        found = locked(report)
        refuse_unless(may_start(Act.PUBLISH, State(found.state)))
        found.published_on = day
        move(found, State.PUBLISHED, on=day, by=by)
        note(found, "report.published", by=by, after={"year": str(found.year)})
    return found
