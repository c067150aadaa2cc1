"""Who writes a report, who certifies it, who checks it, who reads what is asked back."""

from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict, mark

from ..models import Recovery, Report
from .applicants import can_sign_for, can_write_for
from .readers import Reader

OPEN_STATES = frozenset({"awaited", "reminded", "to_complete"})


def can_write_report(person: Visitor, report: Report) -> Verdict:
    """Write it while it is awaited, or when more is asked."""
    verdict = can_write_for(person, report.application.organisation)
    return verdict if not verdict.ok else still_open(report)


def can_sign_report(person: Visitor, report: Report) -> Verdict:
    """Certify it and hand it in, or attest that nothing took place."""
    verdict = can_sign_for(person, report.application.organisation)
    return verdict if not verdict.ok else still_open(report)


def can_check_report(reader: Reader) -> Verdict:
    """Ask for more, validate, close, grant new dates, ask money back: who runs the call, never its own."""
    if not reader.applies:
        return reader.may_run
    return Verdict.no(
        "own_report",
        mark("Vous agissez pour cet organisme : son bilan est contrôlé par quelqu’un d’autre du service."),
    )


def can_read_recovery(reader: Reader, recovery: Recovery) -> Verdict:
    """The services at any time; the applicant once the hearing is open."""
    if reader.applies and recovery.state != Recovery.State.DRAFT:
        return Verdict.yes()
    return reader.may_examine


def still_open(report: Report) -> Verdict:
    """Whether it is still the applicant’s to write."""
    if report.state in OPEN_STATES:
        return Verdict.yes()
    return Verdict.no(
        "report_is_in",
        mark(
            "Ce bilan est remis : il ne change plus. Si quelque chose manque, le service le rouvrira en "
            "demandant un complément."
        ),
    )
