"""Whose draft still names what it is about: a form key can be made up, a title is not for everybody."""

from uuid import UUID

from faubourg.people.models import Organisation, Person

from ..models import Application, Call, Intent, Letter, Recovery, Report
from .applicants import acts_for
from .applications import can_examine, can_write_application
from .calls import can_follow_call, can_run_call, can_write_rules


def _number(rest: str) -> int:
    first = rest.partition(":")[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) < 10 else 0


def _person(ref: UUID) -> Person | None:
    return Person.objects.prefetch_related("role_grants").filter(ref=ref, is_active=True).first()


def _with_call(kind: type[Application] | type[Intent], pk: int) -> "Application | Intent | None":
    found = kind._default_manager.select_related("organisation", "call__lead", "call__territory")
    return found.filter(pk=pk).first()


def may_write_applicant(rest: str, ref: UUID) -> bool:
    """Who acts for the organisation."""
    person, organisation = _person(ref), Organisation.objects.filter(pk=_number(rest)).first()
    return person is not None and organisation is not None and acts_for(person, organisation)


def may_write_intent(rest: str, ref: UUID) -> bool:
    """Who acts for the organisation of a summary sheet."""
    person, intent = _person(ref), _with_call(Intent, _number(rest))
    return person is not None and intent is not None and acts_for(person, intent.organisation)


def may_follow_intent(rest: str, ref: UUID) -> bool:
    """Who acts for it, or follows its call."""
    person, intent = _person(ref), _with_call(Intent, _number(rest))
    if person is None or intent is None:
        return False
    return acts_for(person, intent.organisation) or can_follow_call(person, intent.call).ok is True


def may_write_dossier(rest: str, ref: UUID) -> bool:
    """Who writes the dossier while it is a draft."""
    person, dossier = _person(ref), _with_call(Application, _number(rest))
    if person is None or not isinstance(dossier, Application):
        return False
    return can_write_application(person, dossier).ok is True


def may_write_letter(rest: str, ref: UUID) -> bool:
    """Who examines the dossier; never who stands back."""
    person = _person(ref)
    letter = Letter.objects.select_related("application__organisation").filter(pk=_number(rest)).first()
    return person is not None and letter is not None and can_examine(person, letter.application).ok is True


def may_write_report(rest: str, ref: UUID) -> bool:
    """Who acts for the organisation that reports."""
    person = _person(ref)
    report = Report.objects.select_related("application__organisation").filter(pk=_number(rest)).first()
    return person is not None and report is not None and acts_for(person, report.application.organisation)


def may_answer_recovery(rest: str, ref: UUID) -> bool:
    """Who acts for the organisation that is heard."""
    person = _person(ref)
    found = Recovery.objects.select_related("application__organisation").filter(pk=_number(rest)).first()
    return person is not None and found is not None and acts_for(person, found.application.organisation)


def may_edit_call(rest: str, ref: UUID) -> bool:
    """Who runs the call."""
    person, call = _person(ref), Call.objects.filter(code=rest).first()
    return person is not None and call is not None and can_run_call(person, call).ok is True


def may_edit_rules(_rest: str, ref: UUID) -> bool:
    """Who writes rules."""
    person = _person(ref)
    return person is not None and can_write_rules(person).ok is True
