"""Granting and ending roles. Nobody grants to oneself; the last administrator stays."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import NotAllowed, Refused
from faubourg.people import access, queries, scopes
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from .organisations import dates_in_order, refuse_a_longer_period

Role = RoleGrant.Role


def grant_role(
    *,
    to: Person,
    role: str,
    scope: scopes.Scope,
    since: date,
    until: date | None = None,
    by: Actor,
) -> RoleGrant:
    """Give a role over a scope from a day on. Raises `NotAllowed` for oneself, `Refused` with the reason."""
    if by.ref == to.ref:
        raise NotAllowed(access.not_to_oneself())
    with transaction.atomic():
        # One grant at a time per person: two tabs cannot give the same role twice.
        Person.objects.select_for_update().get(pk=to.pk)
        verdict = _can_exist(to=to, role=role, scope=scope, since=since, until=until)
        if verdict.ok is False:
            raise Refused(verdict)
        made = RoleGrant.objects.create(
            person=to,
            role=role,
            scope_kind=scope[0],
            scope_code=scope[1],
            since=since,
            until=until,
            granted_by=by.ref,
        )
        _journal(made, act="role_granted", by=by)
    return made


def end_role(*, grant: RoleGrant, until: date, by: Actor) -> RoleGrant | None:
    """Set the last day (included); a day before the first one withdraws a role that never held.

    Raises `Refused` when the role is over already or would last longer, and when nobody would administer the
    installation afterwards. Returns None when withdrawn.
    """
    with transaction.atomic():
        lock_administrators()
        held = RoleGrant.objects.select_for_update().select_related("person").get(pk=grant.pk)
        refuse_a_longer_period(held.until, until=until)
        if held.role == Role.ADMINISTRATOR:
            refuse_the_last_administrator(without=held.person)
        before = {"until": held.until}
        if until < held.since:
            _journal(held, act="role_withdrawn", by=by, before=before)
            held.delete()
            return None
        held.until = until
        held.save(update_fields=["until"])
        _journal(held, act="role_ended", by=by, before=before)
    return held


def lock_administrators() -> None:
    """Two administrators who end each other at the same moment pass one after the other.

    The filter names no column that ending changes, so that the second one rereads the first one's work.
    """
    list(RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))


def refuse_the_last_administrator(*, without: Person) -> None:
    """Under `lock_administrators`: raises `Refused` when `without` is the only lasting administrator."""
    lasting = queries.lasting_administrators()
    if not lasting.filter(person=without).exists():
        return
    verdict = access.keeps_one(lasting.exclude(person=without).count())
    if verdict.ok is False:
        raise Refused(verdict)


def _can_exist(*, to: Person, role: str, scope: scopes.Scope, since: date, until: date | None) -> Verdict:
    """The first thing that stands in the way, in the order of the form."""
    if not to.is_active:
        return access.account_closed()
    for verdict in (_period(since, until), _place(role, scope)):
        if verdict.ok is False:
            return verdict
    if queries.overlapping_grants(person=to, role=role, scope=scope, since=since, until=until).exists():
        return Verdict.no(
            "already_granted",
            mark("Cette personne a déjà ce rôle sur ce périmètre pendant une partie de ces dates."),
        )
    return Verdict.yes()


def _period(since: date, until: date | None) -> Verdict:
    if until and until < since:
        return dates_in_order()
    if until and until < timezone.localdate():
        return Verdict.no(
            "already_over", mark("Cette période est déjà passée : un rôle se donne pour l’avenir.")
        )
    return Verdict.yes()


def _place(role: str, scope: scopes.Scope) -> Verdict:
    kind, code = scope
    if kind not in {known.kind for known in scopes.kinds()}:
        return Verdict.no(
            "scope_kind_unknown", mark("« {kind} » n’est pas une sorte de périmètre connue ici."), kind=kind
        )
    if role == Role.ADMINISTRATOR and kind != scopes.INSTANCE:
        return Verdict.no(
            "administrator_everywhere",
            mark("L’administration porte sur toute l’installation, pas sur un territoire."),
        )
    if scopes.exists(kind, code):
        return Verdict.yes()
    if kind == scopes.INSTANCE:
        return Verdict.no(
            "scope_code_empty",
            mark("Un rôle sur toute l’installation ne prend pas de code : laissez-le vide."),
        )
    return Verdict.no(
        "scope_unknown",
        mark("Aucun périmètre de cette sorte ne porte le code « {given} » : vérifiez-le sur sa fiche."),
        given=code,
    )


def _journal(grant: RoleGrant, *, act: str, by: Actor, before: Mapping[str, object] | None = None) -> None:
    journal.record(
        by=by,
        act=act,
        kind="person",
        ref=str(grant.person.ref),
        before=before,
        after={
            "person": None,
            "role": grant.role,
            "scope_kind": grant.scope_kind,
            "scope_code": grant.scope_code,
            "since": grant.since,
            "until": grant.until,
        },
        personal={"after.person": str(grant.person)},
    )
