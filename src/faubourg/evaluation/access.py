"""Who may write, answer and read an annual report: the contract's own rights, then the state of the report.

The officer of the contract and the State's delegate write; a commune's referent records its council's
opinion; partners read it from the start, everybody once it is published.
"""

from datetime import date

from faubourg.contracts.access import can_read_workings, can_write_for_commune, can_write_workings
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict

from .models import AnnualReport, Opinion


def can_write_reports(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Open, write, send, close, deliberate, publish: whoever writes the workings of the contract."""
    return can_write_workings(person, contract, on)


def can_record_opinion(person: Visitor, opinion: Opinion, on: date | None = None) -> Verdict:
    """Record an opinion: the same; for a council, the referent of its commune too."""
    contract = opinion.report.contract
    if opinion.kind == Opinion.Kind.COUNCIL and opinion.territory is not None:
        return can_write_for_commune(person, contract, opinion.territory, on)
    return can_write_workings(person, contract, on)


def can_read_report(person: Visitor, report: AnnualReport, on: date | None = None) -> Verdict:
    """A published report is read by everybody, a project by the partners of the contract."""
    if report.state == AnnualReport.State.PUBLISHED:
        return Verdict.yes()
    return can_read_workings(person, report.contract, on)
