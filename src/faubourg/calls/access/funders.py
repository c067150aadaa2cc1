"""Who speaks for a funder of a call: a member of its organisation, or whoever holds its role over the place.

A role speaks for a funder only when the call has a single funder of that level: with two communes, belonging
to one of them decides. Whoever runs the call may record an opinion on behalf, and says so.
"""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.lasting import lasts_on
from faubourg.people.access import Visitor, holds, roles_of
from faubourg.people.models import Membership, Organisation, Person, RoleGrant

from ..models import Call, CallFunder
from .calls import wider_scopes_of

Role = RoleGrant.Role
# The services that examine; an élu who belongs to a funder still reads as a juror.
EXAMINERS = frozenset(
    {Role.CONTRACT_OFFICER, Role.FUNDER_OFFICER, Role.PREFECT_DELEGATE, Role.COMMUNE_REFERENT}
)
# By level of funder: the roles that speak for it, and the kind of place over which they are held.
_SPEAKERS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "state": (frozenset({Role.PREFECT_DELEGATE}), frozenset({"departement", "epci", "commune", "instance"})),
    "region": (frozenset({Role.FUNDER_OFFICER}), frozenset({"region"})),
    "departement": (frozenset({Role.FUNDER_OFFICER}), frozenset({"departement"})),
    "epci": (frozenset({Role.CONTRACT_OFFICER, Role.FUNDER_OFFICER}), frozenset({"epci", "ept"})),
    "commune": (frozenset({Role.COMMUNE_REFERENT}), frozenset({"commune"})),
}


def funders_of(person: Visitor, call: Call, on: date | None = None) -> Sequence[CallFunder]:
    """The funders of the call for which this person speaks; two queries, one when there is no account."""
    if not isinstance(person, Person) or not person.is_active:
        return ()
    day = on or timezone.localdate()
    if holds(person, {Role.ELECTED}, None, day) and not holds(person, EXAMINERS, None, day):
        return ()
    funders = list(call.funders.all())
    levels = [funder.level for funder in funders]
    member_of = set(
        Membership.objects.filter(lasts_on(day), person=person)
        .filter(organisation__in=[funder.organisation_id for funder in funders if funder.organisation_id])
        .values_list("organisation_id", flat=True)
    )
    alone = {level for level in levels if levels.count(level) == 1}
    by_role = {level for level in alone if _speaks(person, call, level, day)}
    return [funder for funder in funders if funder.organisation_id in member_of or funder.level in by_role]


def is_bound_to(by: Actor, organisation: Organisation, on: date | None = None) -> bool:
    """Whether who acts belongs to this organisation, or is about to, and holds no role over the whole
    installation.
    """
    person = Person.objects.filter(ref=by.ref).first() if by.ref else None
    day = on or timezone.localdate()
    if person is None or any(grant.scope_kind == "instance" for grant in roles_of(person, day)):
        return False
    held = Membership.objects.filter(person=person).exclude(until__lt=day)
    return held.filter(organisation=organisation).exists()


def _speaks(person: Person, call: Call, level: str, day: date) -> bool:
    roles, kinds = _SPEAKERS.get(level, (frozenset(), frozenset()))
    held = {
        (grant.scope_kind, grant.scope_code)
        for grant in roles_of(person, day)
        if grant.role in roles and grant.scope_kind in kinds
    }
    return bool(held) and (("instance", "") in held or not held.isdisjoint(wider_scopes_of(call)))
