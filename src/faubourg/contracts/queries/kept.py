"""The contracts that a person keeps: those over which a role lets them write the workings."""

from django.db.models import Q, QuerySet

from faubourg.contracts.access.workings import WRITERS, borne_in
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, roles_of
from faubourg.people.scopes import EVERYWHERE
from faubourg.territories.models import Territory


def contracts_kept_by(person: Visitor) -> QuerySet[Contract] | None:
    """Those of the roles in force today; None for who keeps none, so that nothing is asked for them."""
    scopes = {(grant.scope_kind, grant.scope_code) for grant in roles_of(person) if grant.role in WRITERS}
    if not scopes:
        return None
    if EVERYWHERE in scopes:
        return Contract.objects.all()
    wanted = Q(pk__in=[])
    for kind, code in scopes:
        wanted |= Q(departement__code=code) if kind == Territory.Kind.DEPARTEMENT else borne_in(kind, code)
    return Contract.objects.filter(pk__in=Contract.objects.filter(wanted).values("pk"))
