"""Reads of the room: organisations, their members, roles, and everything we hold about somebody."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Membership, Organisation, Person, RoleGrant


def organisations() -> QuerySet[Organisation]:
    """Every organisation, in French dictionary order."""
    return Organisation.objects.order_by("sort_key", "id")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Present and past members; a closed account shows no name."""
    return organisation.memberships.select_related("person").order_by("-since", "id")


def role_grants() -> QuerySet[RoleGrant]:
    """Every grant, the latest first."""
    return RoleGrant.objects.select_related("person").order_by("-since", "-id")


def scopes_in_use() -> QuerySet[RoleGrant, tuple[str, str]]:
    """Every `(kind, code)` on which somebody holds or held a role."""
    return RoleGrant.objects.order_by().values_list("scope_kind", "scope_code").distinct()


def person_by_email(email: str) -> Person | None:
    """The open account of that e-mail, whatever its case."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def lasting_administrators(on: date | None = None) -> QuerySet[RoleGrant]:
    """Grants of administrator in force that day, without end date, of open accounts."""
    day = on or timezone.localdate()
    return RoleGrant.objects.filter(
        role=RoleGrant.Role.ADMINISTRATOR,
        scope_kind="instance",
        since__lte=day,
        until__isnull=True,
        person__is_active=True,
    )


def overlapping_grants(
    *, person: Person, role: str, scope: tuple[str, str], since: date, until: date | None
) -> QuerySet[RoleGrant]:
    """Grants of the same role on the same scope that share a day with this period."""
    found = RoleGrant.objects.filter(person=person, role=role, scope_kind=scope[0], scope_code=scope[1])
    found = found.filter(Q(until__isnull=True) | Q(until__gte=since))
    return found if until is None else found.filter(since__lte=until)


def overlapping_memberships(
    *, person: Person, organisation: Organisation, since: date, until: date | None
) -> QuerySet[Membership]:
    """Memberships of the same person in the same organisation that share a day with this period."""
    found = Membership.objects.filter(person=person, organisation=organisation)
    found = found.filter(Q(until__isnull=True) | Q(until__gte=since))
    return found if until is None else found.filter(since__lte=until)
