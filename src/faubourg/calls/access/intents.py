"""Who reads and writes a summary sheet, notes a contact, gives the opinion of the intercommunalité.

Whoever declared an interest in the organisation meets a no first; a draft is its applicant’s alone.
"""

from datetime import date

from django.db.models import Q

from faubourg.contracts.access import can_read_workings
from faubourg.contracts.access import scopes_of as scopes_of_contract
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Call, Intent, Interest
from .applicants import acts_for, can_write_for
from .applications import EXAMINERS
from .calls import can_follow_call, can_run_call, needs

Role = RoleGrant.Role
READERS = EXAMINERS | {Role.EVALUATOR}


def stands_back_from(person: Visitor, intent: Intent) -> bool:
    """Whether this person declared an interest in who applies, or in the dossier it became; one query."""
    if not isinstance(person, Person):
        return False
    return Interest.objects.filter(
        Q(call=intent.call_id, organisation=intent.organisation_id) | Q(application__intent=intent.pk),
        person=person,
    ).exists()


def _not_recused(person: Visitor, intent: Intent) -> Verdict:
    if not stands_back_from(person, intent):
        return Verdict.yes()
    return Verdict.no(
        "stands_back",
        mark(
            "Vous avez déclaré un lien d’intérêts : cette fiche ne vous est pas montrée, et vous ne prenez "
            "pas part à son examen (CGCT, art. L.1111-6)."
        ),
    )


def can_read_intent(person: Visitor, intent: Intent, on: date | None = None) -> Verdict:
    """Its applicant’s people; once it is submitted, the services of the call or of its contract."""
    if acts_for(person, intent.organisation, on=on):
        return Verdict.yes()
    recused = _not_recused(person, intent)
    if not recused.ok:
        return recused
    return needs(
        person,
        intent.state != "draft" and _follows(person, intent, on),
        "readers_of_the_intent_only",
        mark(
            "Une fiche est lue par qui la porte et, une fois déposée, par les services de l’appel et de son "
            "contrat : demandez un rôle sur « {call} » à l’administrateur·rice de cette installation."
        ),
        call=intent.call.title,
    )


def _follows(person: Visitor, intent: Intent, on: date | None) -> bool:
    if not isinstance(person, Person) or not holds(person, READERS, None, on):
        return False
    if can_follow_call(person, intent.call, on).ok:
        return True
    return intent.contract is not None and can_read_workings(person, intent.contract, on).ok is True


def can_list_intents(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """List what was submitted: the services of the call, those of its contracts for their own."""
    reads = holds(person, READERS, None, on)
    return needs(
        person,
        reads and (can_follow_call(person, call, on).ok or bool(contracts_read(person, call, on))),
        "readers_of_the_intents_only",
        mark(
            "Les fiches de « {call} » sont lues par les services de l’appel et de ses contrats : demandez un "
            "rôle à l’administrateur·rice de cette installation."
        ),
        call=call.title,
    )


def contracts_read(person: Visitor, call: Call, on: date | None = None) -> list[Contract]:
    """The contracts of the call whose workings this person reads."""
    return [contract for contract in call.contracts.all() if can_read_workings(person, contract, on).ok]


def can_write_intent(person: Visitor, intent: Intent, on: date | None = None) -> Verdict:
    """Write it while it is a draft."""
    verdict = can_write_for(person, intent.organisation, on)
    if not verdict.ok or intent.state == "draft":
        return verdict
    return Verdict.no(
        "intent_is_in", mark("Cette fiche est déposée : elle ne change plus. Le dossier dira la suite.")
    )


def can_note_contact(person: Visitor, intent: Intent, on: date | None = None) -> Verdict:
    """Note whom the applicant spoke to: its people, and the technicians who read it."""
    if acts_for(person, intent.organisation, on=on):
        return Verdict.yes()
    verdict = can_read_intent(person, intent, on)
    if not verdict.ok or holds(person, EXAMINERS, None, on):
        return verdict
    return Verdict.no(
        "technicians_note", mark("Un contact est noté par qui porte le projet ou par qui l’a conseillé.")
    )


def can_give_opinion(person: Visitor, intent: Intent, on: date | None = None) -> Verdict:
    """The officer of the contract, for its intercommunalité; or who runs the call. Never who applies."""
    recused = _not_recused(person, intent)
    if not recused.ok:
        return recused
    if acts_for(person, intent.organisation, on=on):
        return Verdict.no(
            "not_ones_own_intent",
            mark("Vous agissez pour cette organisation : une autre personne donne l’avis sur sa fiche."),
        )
    of_the_contract = intent.contract is not None and holds(
        person, {Role.CONTRACT_OFFICER}, scopes_of_contract(intent.contract), on
    )
    return needs(
        person,
        intent.state != "draft" and (of_the_contract or can_run_call(person, intent.call, on).ok is True),
        "opinion_of_the_epci",
        mark(
            "L’avis est celui de l’intercommunalité : il est donné par le·la chargé·e de mission du contrat, "
            "ou par qui conduit l’appel."
        ),
    )
