"""What the service does with a report: new dates, more to be told, validated, closed, shown to everybody."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.rules.calls.circuits import REPORT_CIRCUIT
from faubourg.rules.verdict import Verdict, mark

from ..models import Report
from ..queries.reports import is_settled
from .following_reports import follow
from .moving import locked, move
from .opening_reports import due_of
from .recovering import open_recoveries

PUBLISHED_STATES = frozenset({"validated", "closed"})


def grant_dates(*, report: Report, base_version: int, by: Actor, on: date | None = None) -> Report:
    """The action ends later, and its report is due later."""
    with transaction.atomic():
        held = locked(report, base_version)
        ends_on, given = held.new_ends_on, set[str]()
        if held.state == "new_dates" and ends_on is not None:
            application = locked(held.application)
            application.ends_on = ends_on
            application.version += 1
            application.save(update_fields=["ends_on", "version"])
            held.due_on, held.exit, given = due_of(application, ends_on), "", {"deadline"}
        told = {"due_on": held.due_on.isoformat()}
        move(held, REPORT_CIRCUIT, "grant-dates", by=by, on=on, given=given, told=told)
    return held


def refuse_dates(
    *, report: Report, reason: str, base_version: int, by: Actor, on: date | None = None
) -> Report:
    """The report stays due as it was."""
    with transaction.atomic():
        held = locked(report, base_version)
        held.exit = ""
        move(held, REPORT_CIRCUIT, "refuse-dates", by=by, on=on, note=reason)
    return held


def ask_more(
    *, report: Report, reason: str, due_on: date, base_version: int, by: Actor, on: date | None = None
) -> Report:
    """Something is missing: the report opens again, until a day."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(report, base_version)
        refuse_unless(_ahead(due_on, day))
        held.due_on = due_on
        told = {"due_on": due_on.isoformat()}
        move(
            held, REPORT_CIRCUIT, "ask-more", by=by, on=day, given={"deadline"}, note=reason, told=told
        )  # fmt: skip
    return held


def _ahead(due_on: date, day: date) -> Verdict:
    if due_on > day:
        return Verdict.yes()
    return Verdict.no("due_ahead", mark("Ce délai est déjà passé : fixez un jour à venir."))


def validate(*, report: Report, base_version: int, by: Actor, on: date | None = None) -> Report:
    """The account is right; what was paid beyond it becomes the draft of a recovery."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(report, base_version)
        held.validated_on = day
        move(held, REPORT_CIRCUIT, "validate", by=by, on=day, told={"year": held.year})
        open_recoveries(report=held, by=by, on=day)
        follow(held, "check", by=by, on=day)
    return held


def close(*, report: Report, base_version: int, by: Actor, on: date | None = None) -> Report:
    """Nothing is owed any more, in one sense or the other."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(report, base_version)
        given = {"settled"} if is_settled(held.application) else set[str]()
        move(held, REPORT_CIRCUIT, "close", by=by, on=day, given=given, told={"year": held.year})
        follow(held, "settle", by=by, on=day)
    return held


def publish(*, report: Report, public: bool, base_version: int, by: Actor) -> Report:
    """Show the successes and failures to everybody, or no longer; the photographs say each for itself."""
    with transaction.atomic():
        held = locked(report, base_version)
        refuse_unless(_publishable(held))
        held.public = public
        held.version += 1
        held.save(update_fields=["public", "version"])
        journal.record(
            by=by, act="report.published", kind="report", ref=str(held.pk), after={"public": public}
        )
    return held


def _publishable(report: Report) -> Verdict:
    if report.state in PUBLISHED_STATES:
        return Verdict.yes()
    return Verdict.no("report_not_validated", mark("Un bilan se publie une fois validé."))
