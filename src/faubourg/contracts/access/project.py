"""Who builds the project of a contract: diagnoses, stakes, objectives, actions.

The officer and the State's delegate write everything; a commune's referent fills the commune's diagnosis and
proposes actions; whoever leads a thematic group fills the group's.
"""

from datetime import date

from django.utils import timezone

from faubourg.contracts.models import Contract, Diagnosis, Mandate, Seat
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from .workings import can_read_workings, can_write_for_commune, can_write_workings, needs, wider_scopes_of

Role = RoleGrant.Role


def can_propose_action(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Propose an action or tell what happened to one: who writes the workings, a commune’s referent."""
    verdict = can_write_workings(person, contract, on)
    if verdict.ok or not isinstance(person, Person):
        return verdict
    return needs(
        person,
        holds(person, {Role.COMMUNE_REFERENT}, wider_scopes_of(contract), on),
        "proposers_only",
        mark(
            "Une action est proposée par le·la chargé·e de mission, le·la délégué·e du préfet ou un·e "
            "référent·e communal·e de {contract} : demandez-leur de la proposer."
        ),
        contract=contract.name,
    )


def can_fill_diagnosis(person: Visitor, diagnosis: Diagnosis, on: date | None = None) -> Verdict:
    """The commune's referent, or whoever leads the thematic group today; always who writes the workings.

    `diagnosis` comes with its grid's contract, its territory and its body.
    """
    contract = diagnosis.grid.contract
    if diagnosis.territory is not None:
        return can_write_for_commune(person, contract, diagnosis.territory, on)
    verdict = can_write_workings(person, contract, on)
    if verdict.ok or not isinstance(person, Person):
        return verdict
    return needs(
        person,
        diagnosis.body_id in bodies_led_by(person, contract, on),
        "leads_of_the_group_only",
        mark(
            "Le diagnostic de ce groupe est rempli par ses copilotes, le·la chargé·e de mission et "
            "le·la délégué·e du préfet."
        ),
    )


def can_read_diagnosis(person: Visitor, diagnosis: Diagnosis, on: date | None = None) -> Verdict:
    """Everybody once it is validated; before that, the partners and whoever fills it."""
    if diagnosis.validated_on is not None:
        return Verdict.yes()
    verdict = can_read_workings(person, diagnosis.grid.contract, on)
    if verdict.ok or not isinstance(person, Person):
        return verdict
    return Verdict.yes() if can_fill_diagnosis(person, diagnosis, on).ok else verdict


def bodies_led_by(person: Person, contract: Contract, on: date | None = None) -> frozenset[int]:
    """The ids of the bodies of a contract that this person chairs or co-leads that day."""
    day = on or timezone.localdate()
    leads = Mandate.objects.filter(
        person_ref=person.ref,
        seat__body__contract=contract,
        seat__part__in=(Seat.Part.LEAD, Seat.Part.CHAIR),
        starts_on__lte=day,
    ).exclude(ends_on__lt=day)
    return frozenset(leads.values_list("seat__body", flat=True))
