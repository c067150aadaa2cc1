"""Who opens the space of an organisation that has none, who may invite to it, who answers a request.

An organisation that somebody acts for, or acted for, is never taken over: a role is asked for there. A public
body neither, unless one belongs to it: its number is known to all.
"""

from datetime import date

from django.db.models import Q, QuerySet

from faubourg.base.lasting import lasts_on
from faubourg.contracts.access import scopes_of as scopes_of_contract
from faubourg.contracts.models import Contract
from faubourg.people.access import KEEPERS_OF_ORGANISATIONS, Visitor, holds
from faubourg.people.models import Organisation, Person, RoleGrant
from faubourg.people.scopes import Scope
from faubourg.rules.verdict import Verdict, mark

from ..models import ApplicantRequest, ApplicantRole, Call
from .applicants import acts_for, can_administer_applicant
from .calls import needs, wider_scopes_of

Kind = Organisation.Kind
PUBLIC_BODIES = frozenset({Kind.STATE, Kind.EPCI, Kind.COMMUNE, Kind.DEPARTEMENT, Kind.REGION})
# A SIREN that begins with 1 is the State's, with 2 a local authority's (Insee, Sirene).
PUBLIC_NUMBERS = ("1", "2")


def is_public(organisation: Organisation) -> bool:
    """By its nature or, whatever was typed, by its number."""
    return organisation.kind in PUBLIC_BODIES or (organisation.siret or "").startswith(PUBLIC_NUMBERS)


def in_force(on: date | None = None) -> Q:
    """Roles that hold that day, of open accounts."""
    return Q(person__is_active=True) & lasts_on(on)


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
    if _belongs(person, organisation, on):
        return Verdict.yes()
    if is_public(organisation):
        return Verdict.no(
            "public_body",
            mark(
                "{organisation} est une personne publique : l’équipe du contrat de ville confirme d’abord "
                "que vous agissez pour elle."
            ),
            organisation=organisation.name,
        )
    if not _is_known(organisation):
        return Verdict.yes()
    return Verdict.no(
        "space_is_known",
        mark(
            "{organisation} a déjà des membres, des demandes, des aides ou un fonds ici : l’équipe du "
            "contrat de ville confirme d’abord que vous agissez pour elle."
        ),
        organisation=organisation.name,
    )


def _is_known(organisation: Organisation) -> bool:
    """Whether something of it is already here: whoever opens its space would read it, or decide of it."""
    return any(
        held.exists()
        for held in (
            organisation.applications,
            organisation.intents,
            organisation.grant_agreements,
            organisation.resident_funds,
            organisation.microprojects,
            organisation.calls_led,
            organisation.calls_funded,
            organisation.rule_sets,
            organisation.jurors,
            organisation.charters,
            organisation.prior_contacts,
            organisation.published_grants,
            organisation.vault,
            organisation.memberships,
        )
    )


def _belongs(person: Person, organisation: Organisation, on: date | None) -> bool:
    return person.memberships.filter(lasts_on(on), organisation=organisation).exists()


def can_invite(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Invite: who administers; as long as nobody does, who signs, or whoever types when nobody signs."""
    verdict = can_administer_applicant(person, organisation, on)
    if (
        verdict.ok
        or not acts_for(person, organisation, on=on)
        or administrators_of(organisation, on).exists()
    ):
        return verdict
    signs = frozenset({ApplicantRole.Role.SIGNATORY})
    signatories = ApplicantRole.objects.filter(in_force(on), organisation=organisation, role__in=signs)
    return (
        verdict if signatories.exists() and not acts_for(person, organisation, signs, on) else Verdict.yes()
    )


def can_answer_request(person: Visitor, asked: ApplicantRequest, on: date | None = None) -> Verdict:
    """Its administrators; without any, who keeps organisations. Nobody answers one’s own."""
    if isinstance(person, Person) and person.pk == asked.person_id:
        return Verdict.no(
            "not_ones_own_request", mark("Nul ne répond à sa propre demande : une autre personne le fera.")
        )
    verdict = can_administer_applicant(person, asked.organisation, on)
    if verdict.ok or administrators_of(asked.organisation, on).exists():
        return verdict
    return can_confirm_claims(person, asked.organisation, on)


def can_confirm_claims(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Confirm who acts for an organisation without administrator: who keeps organisations where it applies,
    or over the whole installation.
    """
    return needs(
        person,
        holds(person, {RoleGrant.Role.ADMINISTRATOR}, (), on)
        or holds(person, KEEPERS_OF_ORGANISATIONS, (), on)
        or (
            holds(person, KEEPERS_OF_ORGANISATIONS, None, on)
            and holds(person, KEEPERS_OF_ORGANISATIONS, _scopes_of(organisation), on)
        ),
        "claims_confirmed_by_keepers",
        mark("Cette demande est confirmée par l’équipe du contrat de ville ou le service instructeur."),
    )


def _scopes_of(organisation: Organisation) -> set[Scope]:
    """Where its dossiers were made: their calls, the contracts of those, their own contract."""
    calls = Call.objects.filter(applications__organisation=organisation).distinct()
    contracts = Contract.objects.filter(applications__organisation=organisation).distinct()
    return {
        *(scope for call in calls for scope in wider_scopes_of(call)),
        *(scope for contract in contracts for scope in scopes_of_contract(contract)),
    }


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
