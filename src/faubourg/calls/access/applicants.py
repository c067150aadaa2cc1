"""Who acts for an organisation that applies: roles of its own, handed over, one signatory at a time."""

from datetime import date

from django.utils import timezone

from faubourg.people.access import Visitor
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import ApplicantRole
from .calls import needs

Role = ApplicantRole.Role
WRITERS = frozenset({Role.ADMINISTRATOR, Role.WRITER, Role.SIGNATORY, Role.ASSISTANT})


def acts_for(
    person: Visitor, organisation: Organisation, roles: frozenset[str] = WRITERS, on: date | None = None
) -> bool:
    """Whether this person holds one of these roles in that organisation that day; one query, none once
    the person’s roles were read ahead.
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    day = on or timezone.localdate()
    return any(
        held.organisation_id == organisation.pk
        and held.role in roles
        and held.since <= day
        and (held.until is None or day <= held.until)
        for held in person.applicant_roles.all()
    )


def can_read_applicant(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Read its space: whoever acts for it."""
    return needs(
        person,
        acts_for(person, organisation, on=on),
        "members_of_the_applicant_only",
        mark("Cet espace est celui de {organisation} : demandez à qui l’administre de vous y inviter."),
        organisation=organisation.name,
    )


def can_write_for(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Write its sheets and dossiers."""
    return can_read_applicant(person, organisation, on)


def can_administer_applicant(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Invite, end roles, hand over."""
    return needs(
        person,
        acts_for(person, organisation, frozenset({Role.ADMINISTRATOR}), on),
        "administrators_of_the_applicant_only",
        mark("Les rôles de {organisation} sont accordés par qui administre son espace : demandez-le-lui."),
        organisation=organisation.name,
    )


def can_sign_for(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Sign a dossier, a report, the charter."""
    return needs(
        person,
        acts_for(person, organisation, frozenset({Role.SIGNATORY}), on),
        "signatory_of_the_applicant_only",
        mark(
            "Seul·e le·la signataire de {organisation} peut signer et déposer : votre texte est gardé, "
            "prévenez cette personne."
        ),
        organisation=organisation.name,
    )
