"""What an organisation does with its report: write it, hand it in, attest that nothing took place, ask for
new dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.rules.calls.circuits import REPORT_CIRCUIT
from faubourg.rules.calls.report import judge
from faubourg.rules.verdict import Verdict, mark

from ..access.reports import OPEN_STATES
from ..models import Report
from ..queries.mine import signs_for
from ..queries.reports import told_of
from .following_reports import follow
from .moving import locked, move
from .recovering import open_recoveries


@dataclass(frozen=True, slots=True)
class Words:
    """What one page of the form says. Keys are those of the rows; money in cents."""

    columns: Mapping[str, object] = field(default_factory=dict)
    actual: Mapping[int, int | None] = field(default_factory=dict)
    people: Mapping[int, int | None] = field(default_factory=dict)
    counted: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    # What was not planned: account, precision, cents.
    more: Sequence[tuple[str, str, int]] = ()


def write(*, report: Report, words: Words, base_version: int, by: Actor) -> Report:
    """Keep what was typed; Conflict when somebody saved in between."""
    with transaction.atomic():
        held = locked(report, base_version)
        refuse_unless(_open(held))
        for name, value in words.columns.items():
            setattr(held, name, value)
        _write_rows(held, words)
        held.version += 1
        held.save()
        journal.record(
            by=by, act="report.edited", kind="report", ref=str(held.pk), after={"version": held.version}
        )
    return held


def _write_rows(report: Report, words: Words) -> None:
    lines = [line for line in report.lines.all() if line.pk in words.actual]
    for line in lines:
        line.actual_cents = words.actual[line.pk]
    report.lines.bulk_update(lines, ["actual_cents"])
    places = [place for place in report.places.all() if place.pk in words.people]
    for place in places:
        place.people = words.people[place.pk]
    report.places.bulk_update(places, ["people"])
    indicators = [each for each in report.indicators.all() if each.pk in words.counted]
    for each in indicators:
        each.value, each.comment = words.counted[each.pk]
    report.indicators.bulk_update(indicators, ["value", "comment"])
    start = report.lines.count()
    report.lines.bulk_create(
        report.lines.model(report=report, account=account, label=label, actual_cents=cents, order=start + n)
        for n, (account, label, cents) in enumerate(words.more)
    )


def _open(report: Report) -> Verdict:
    if report.state in OPEN_STATES:
        return Verdict.yes()
    return Verdict.no("report_is_in", mark("Ce bilan est remis : il ne change plus."))


def hand_in(*, report: Report, base_version: int, by: Actor, on: date | None = None) -> Report:
    """Certify the account and hand it in; Refused with every missing answer."""
    with transaction.atomic():
        held = locked(report, base_version)
        if held.state in OPEN_STATES:
            refuse_unless(_filled(held))
        held.exit = Report.Exit.ACCOUNT
        return _signed(held, "hand-in", by, on)


def _filled(report: Report) -> Verdict:
    verdict = judge(told_of(report))
    return Verdict(verdict.refusals())


def attest_not_done(
    *, report: Report, why: str, base_version: int, by: Actor, on: date | None = None
) -> Report:
    """Nothing took place: what was paid becomes the draft of a recovery, funder by funder."""
    with transaction.atomic():
        held = locked(report, base_version)
        held.exit, held.why_not_done = Report.Exit.NOT_DONE, why
        done = _signed(held, "attest-not-done", by, on, note=why)
        open_recoveries(report=done, by=by, on=on)
        return done


def _signed(report: Report, act: str, by: Actor, on: date | None, note: str = "") -> Report:
    """Whoever certifies is named, and the hour kept. Inside a transaction."""
    day = on or timezone.localdate()
    given = {"filled"}
    if by.ref is not None and signs_for(by.ref, report.application.organisation_id, day):
        given.add("signatory")
    report.handed_in_at, report.certified_by_name = timezone.now(), by.name
    move(report, REPORT_CIRCUIT, act, by=by, on=day, given=given, note=note, told={"year": report.year})
    follow(report, "report", by=by, on=day)
    return report


def ask_dates(
    *, report: Report, ends_on: date, why: str, base_version: int, by: Actor, on: date | None = None
) -> Report:
    """The action goes on later than was said: the service grants it or not."""
    with transaction.atomic():
        held = locked(report, base_version)
        refuse_unless(_later(held, ends_on))
        held.exit, held.new_ends_on, held.new_dates_reason = Report.Exit.NEW_DATES, ends_on, why
        move(held, REPORT_CIRCUIT, "ask-dates", by=by, on=on, note=why, told={"until": ends_on.isoformat()})
    return held


def _later(report: Report, ends_on: date) -> Verdict:
    present = report.application.ends_on or date(report.year, 12, 31)
    if ends_on > present:
        return Verdict.yes()
    return Verdict.no(
        "new_dates_later",
        mark("L’action finit déjà le {present} : demandez une date postérieure."),
        present=present,
    )
