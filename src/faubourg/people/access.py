"""Who may do what with people, organisations and roles. Rights come from roles in force, and only from them.

An administrator configures and grants; that role opens no business reading. Nobody grants to oneself.
A refusal says what would make it a yes.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from faubourg.rules.verdict import Reason, Verdict, mark

from .models import Organisation, Person, RoleGrant
from .scopes import EVERYWHERE, Scope

Role = RoleGrant.Role
Visitor = Person | AnonymousUser
Row = TypeVar("Row", bound=Model)

# Who works with organisations: the team of the contract, the State's delegate, the resource centre.
KEEPERS_OF_ORGANISATIONS = frozenset(
    {
        Role.CONTRACT_OFFICER,
        Role.COMMUNE_REFERENT,
        Role.PREFECT_DELEGATE,
        Role.FUNDER_OFFICER,
        Role.RESOURCE_OFFICER,
    }
)
READERS_OF_MEMBERS = KEEPERS_OF_ORGANISATIONS | {Role.ELECTED, Role.EVALUATOR, Role.DPO}

SIGN_IN = mark("Connectez-vous pour continuer : cette page dépend de vos rôles.")


def roles_of(person: Visitor, on: date | None = None) -> tuple[RoleGrant, ...]:
    """The grants in force on that day (Europe/Paris, first and last day included); none for a visitor."""
    if not isinstance(person, Person) or not person.is_active:
        return ()
    day = on or timezone.localdate()
    return tuple(grant for grant in person.role_grants.all() if in_force(grant, day))


def in_force(grant: RoleGrant, on: date) -> bool:
    """First and last day included."""
    return grant.since <= on and (grant.until is None or on <= grant.until)


def holds(
    person: Visitor, roles: Iterable[str], scopes: Iterable[Scope] | None = None, on: date | None = None
) -> bool:
    """Does the person hold one of these roles over one of these scopes that day?

    A role over the whole installation covers every scope; `scopes=None` asks for the role anywhere.
    """
    wanted = frozenset(roles)
    places = None if scopes is None else {*scopes, EVERYWHERE}
    return any(
        grant.role in wanted and (places is None or (grant.scope_kind, grant.scope_code) in places)
        for grant in roles_of(person, on)
    )


def within_roles(
    person: Visitor,
    roles: Collection[str],
    rows: QuerySet[Row],
    covered: Callable[[str, str], Q],
    on: date | None = None,
) -> QuerySet[Row] | None:
    """Those of `rows` over which one of these roles holds that day; None for who has none of them.

    `covered(kind, code)`: the rows of one scope. Nothing is asked until it is read, alone or inside another
    question.
    """
    scopes = {(grant.scope_kind, grant.scope_code) for grant in roles_of(person, on) if grant.role in roles}
    if not scopes:
        return None
    if EVERYWHERE in scopes:
        return rows
    held = reduce(or_, (covered(kind, code) for kind, code in scopes))
    # Apart: what a scope joins would give a row twice.
    return rows.filter(pk__in=rows.filter(held).order_by().values("pk"))


def _signed_in(person: Visitor) -> Verdict:
    if isinstance(person, Person):
        return Verdict.yes()
    return Verdict.no("sign_in", SIGN_IN)


def _needs(person: Visitor, ok: bool, code: str, template: str, **params: object) -> Verdict:
    signed = _signed_in(person)
    if signed.ok is False:
        return signed
    return Verdict.yes() if ok else Verdict.no(code, template, **params)


def can_use_account(person: Visitor) -> Verdict:
    """Read, carry away or close one's own account: anybody signed in."""
    return _signed_in(person)


def can_manage_roles(person: Visitor, on: date | None = None) -> Verdict:
    """Grant and end roles: the administrators of the installation."""
    return _needs(
        person,
        holds(person, {Role.ADMINISTRATOR}, (), on),
        "administrators_only",
        mark(
            "Les rôles sont accordés par l’administrateur·rice de cette installation : "
            "faites-lui votre demande."
        ),
    )


def can_read_roles(person: Visitor, on: date | None = None) -> Verdict:
    """Read who holds what: administrators grant, the data protection officer checks."""
    return _needs(
        person,
        holds(person, {Role.ADMINISTRATOR, Role.DPO}, (), on),
        "role_readers_only",
        mark(
            "La liste des rôles est lue par l’administrateur·rice et le·la délégué·e "
            "à la protection des données. "
            "Vos propres rôles sont dans « Mes données »."
        ),
    )


def can_grant_to(person: Visitor, to: Person, on: date | None = None) -> Verdict:
    """Nobody grants a role to oneself, not even an administrator."""
    verdict = can_manage_roles(person, on)
    if verdict.ok is False:
        return verdict
    if isinstance(person, Person) and person.ref == to.ref:
        return not_to_oneself()
    return Verdict.yes() if to.is_active else account_closed()


def not_to_oneself() -> Verdict:
    """The refusal of a role granted to oneself."""
    return Verdict.no(
        "not_to_oneself",
        mark("Nul ne s’accorde un rôle à soi-même : demandez à un·e autre administrateur·rice de le faire."),
    )


def account_closed() -> Verdict:
    """The refusal of a role for a closed account."""
    return Verdict.no("account_closed", mark("Ce compte est fermé : aucun rôle ne peut lui être accordé."))


def can_end_role(person: Visitor, grant: RoleGrant, on: date | None = None) -> Verdict:
    """An administrator ends a role, one's own included; the last administrator stays (see `keeps_one`)."""
    return can_manage_roles(person, on)


def keeps_one(remaining: int) -> Verdict:
    """An installation keeps at least one administrator without an end date.

    `remaining`: how many open accounts would still hold that role, today and without end.
    """
    if remaining:
        return Verdict.yes()
    return Verdict(
        (
            Reason(
                code="last_administrator",
                met=False,
                template=mark(
                    "C’est la dernière personne qui administre cette installation : "
                    "accordez d’abord ce rôle, sans date de fin, à quelqu’un d’autre."
                ),
                threshold=1,
                operand=remaining,
            ),
        )
    )


def can_create_organisation(person: Visitor, on: date | None = None) -> Verdict:
    """The people who work with organisations, wherever they do."""
    return _needs(
        person,
        holds(person, KEEPERS_OF_ORGANISATIONS, None, on),
        "organisation_keepers_only",
        mark(
            "Les organisations sont tenues par l’équipe du contrat de ville, le·la délégué·e du préfet, "
            "les services instructeurs et le centre de ressources. "
            "Demandez un de ces rôles à l’administrateur·rice de cette installation."
        ),
    )


def can_edit_organisation(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """The same people. Members do not: name, nature, SIRET and RNA say who others deal with, and whoever
    ProConnect links by a SIRET could otherwise turn one organisation into another.
    """
    return _needs(
        person,
        holds(person, KEEPERS_OF_ORGANISATIONS, None, on),
        "organisation_keepers_edit",
        mark(
            "Le nom, la nature et les numéros d’une organisation sont tenus par l’équipe du contrat "
            "de ville : signalez-lui ce qui doit changer."
        ),
    )


def can_manage_members(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Say who belongs to an organisation: the people who work with organisations, not its members."""
    return _needs(
        person,
        holds(person, KEEPERS_OF_ORGANISATIONS, None, on),
        "member_keepers_only",
        mark("Les membres sont inscrits par l’équipe du contrat de ville : demandez-lui cet ajout."),
    )


def can_add_member(
    person: Visitor, organisation: Organisation, to: Person, on: date | None = None
) -> Verdict:
    """Nobody makes oneself a member, not even somebody who keeps organisations."""
    verdict = can_manage_members(person, organisation, on)
    if verdict.ok and isinstance(person, Person) and person.ref == to.ref:
        return not_oneself_a_member()
    return verdict


def not_oneself_a_member() -> Verdict:
    """The refusal of a membership given to oneself."""
    return Verdict.no(
        "not_oneself_a_member",
        mark("Nul ne s’inscrit soi-même comme membre : demandez à une autre personne de l’équipe."),
    )


def can_view_member_list(person: Visitor, organisation: Organisation, on: date | None = None) -> Verdict:
    """Names are personal data: people with a business role, and the members themselves."""
    if belongs(person, organisation, on):
        return Verdict.yes()
    return _needs(
        person,
        holds(person, READERS_OF_MEMBERS, None, on),
        "members_personal",
        mark(
            "Les noms des membres sont des données personnelles : ils se lisent avec un rôle métier "
            "ou en étant membre. Demandez l’un ou l’autre à l’équipe du contrat de ville."
        ),
    )


def belongs(person: Visitor, organisation: Organisation, on: date | None = None) -> bool:
    """Is the person a member that day, first and last day included?"""
    if not isinstance(person, Person) or not person.is_active:
        return False
    day = on or timezone.localdate()
    return any(
        m.since <= day and (m.until is None or day <= m.until)
        for m in organisation.memberships.filter(person=person)
    )
