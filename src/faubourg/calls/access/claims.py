"""Who opens the space of an organisation that has none, who may invite to it, who answers a request.

An organisation that somebody acts for, or acted for, is never taken over: a role is asked for there. A public
body neither, unless one belongs to it: its number is known to all.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from faubourg.people.access import KEEPERS_OF_ORGANISATIONS, Visitor, holds
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import ApplicantRequest, ApplicantRole
from .applicants import acts_for, can_administer_applicant
from .calls import needs

Kind = Organisation.Kind
PUBLIC_BODIES = frozenset({Kind.STATE, Kind.EPCI, Kind.COMMUNE, Kind.DEPARTEMENT, Kind.REGION})


def in_force(on: date | None = None) -> Q:
    """Roles that hold that day, of open accounts."""
    day = on or timezone.localdate()
    lasting = Q(until__isnull=True) | Q(until__gte=day)
    return Q(since__lte=day, person__is_active=True) & lasting


def administrators_of(organisation: Organisation, on: date | None = None) -> "QuerySet[ApplicantRole]":
    """The roles of who administers its space that day."""
    return ApplicantRole.objects.filter(
        in_force(on), organisation=organisation, role=ApplicantRole.Role.ADMINISTRATOR
    )


def can_open_space(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Begin to act for it on one's own word; otherwise a role is asked for."""
    signed = needs(person, ok=True, code="", template="")
    if not signed.ok or not isinstance(person, Person):
        return signed
    if ApplicantRole.objects.filter(organisation=organisation).exists():
        return Verdict.no(
            "space_is_held",
            mark(
                "Des personnes agissent déjà pour {organisation}, ou l’ont fait : demandez-y un rôle, rien "
                "ne se reprend en silence."
            ),
            organisation=organisation.name,
        )
    if organisation.kind not in PUBLIC_BODIES or _belongs(person, organisation, on):
        return Verdict.yes()
    return Verdict.no(
        "public_body",
        mark(
            "{organisation} est une personne publique : l’équipe du contrat de ville confirme d’abord que "
            "vous agissez pour elle."
        ),
        organisation=organisation.name,
    )


def _belongs(person: Person, organisation: Organisation, on: date | None) -> bool:
    day = on or timezone.localdate()
    lasting = Q(until__isnull=True) | Q(until__gte=day)
    return person.memberships.filter(lasting, organisation=organisation, since__lte=day).exists()


def can_invite(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Invite: who administers; as long as nobody does, whoever types for it, so that somebody comes."""
    verdict = can_administer_applicant(person, organisation, on)
    if (
        verdict.ok
        or not acts_for(person, organisation, on=on)
        or administrators_of(organisation, on).exists()
    ):
        return verdict
    return Verdict.yes()


def can_answer_request(person: Visitor, asked: ApplicantRequest, on: date | None = None) -> Verdict:
    """Its administrators; without any, who keeps organisations. Nobody answers one’s own."""
    if isinstance(person, Person) and person.pk == asked.person_id:
        return Verdict.no(
            "not_ones_own_request", mark("Nul ne répond à sa propre demande : une autre personne le fera.")
        )
    verdict = can_administer_applicant(person, asked.organisation, on)
    if verdict.ok or administrators_of(asked.organisation, on).exists():
        return verdict
    return can_confirm_claims(person, on)


def can_confirm_claims(person: Visitor, on: date | None = None) -> Verdict:
    """Confirm who acts for an organisation without administrator: who keeps organisations."""
    return needs(
        person,
        holds(person, KEEPERS_OF_ORGANISATIONS, None, on),
        "claims_confirmed_by_keepers",
        mark("Cette demande est confirmée par l’équipe du contrat de ville ou le service instructeur."),
    )


def can_end_role(person: Visitor, role: ApplicantRole, on: date | None = None) -> Verdict:
    """Who administers, or the person who leaves."""
    if isinstance(person, Person) and person.pk == role.person_id:
        return Verdict.yes()
    return can_administer_applicant(person, role.organisation, on)


def can_hand_over(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Who administers, or who signs today."""
    if acts_for(person, organisation, frozenset({ApplicantRole.Role.SIGNATORY}), on):
        return Verdict.yes()
    return can_administer_applicant(person, organisation, on)
