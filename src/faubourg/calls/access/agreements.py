"""Who reads and signs an agreement: the funder's side, the beneficiary's, never who stands back."""

from django.db.models import Q

from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark

from ..models import Agreement, Interest
from .applicants import acts_for, can_sign_for
from .calls import needs
from .dossiers import can_list_dossiers
from .money import can_decide_for


def _recused(person: Visitor, agreement: Agreement) -> bool:
    if not isinstance(person, Person):
        return False
    held = Q(application__decisions__agreement=agreement)
    held |= Q(call=agreement.funder.call_id, organisation=agreement.organisation_id)
    return Interest.objects.filter(held, person=person).exists()


def can_read_agreement(person: Visitor, agreement: Agreement) -> Verdict:
    """Both parties, and the services of the call."""
    if acts_for(person, agreement.organisation):
        return Verdict.yes()
    return needs(
        person,
        not _recused(person, agreement) and can_list_dossiers(person, agreement.funder.call).ok is True,
        "parties_of_the_agreement",
        mark("Cet acte est lu par {organisation} et par les services de l’appel."),
        organisation=agreement.organisation.name,
    )


def can_write_agreement(person: Visitor, agreement: Agreement) -> Verdict:
    """Who decides for its funder: its words, its signature; never who acts for its beneficiary."""
    if acts_for(person, agreement.organisation):
        return Verdict.no(
            "own_agreement",
            mark("Vous agissez pour {organisation} : cet acte est préparé et signé par quelqu’un d’autre."),
            organisation=agreement.organisation.name,
        )
    readable = can_read_agreement(person, agreement)
    return can_decide_for(person, agreement.funder) if readable.ok else readable


def can_sign_agreement(person: Visitor, agreement: Agreement, side: str) -> Verdict:
    """The beneficiary's signatory for its side; a signature on paper is recorded by the funder's service."""
    if side == "beneficiary" and can_sign_for(person, agreement.organisation).ok:
        return Verdict.yes()
    return can_write_agreement(person, agreement)
