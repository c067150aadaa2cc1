"""What the rights of a call are read from, seen from any row that leads to it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from faubourg.contracts.access import borne_in
from faubourg.contracts.models import Contract, ContractBearer
from faubourg.people.access import roles_of
from faubourg.people.models import Person
from faubourg.people.scopes import EVERYWHERE

from ..models import Call


def rights_through(path: str = "") -> tuple[Prefetch[Any], Prefetch[Any]]:
    """Its contracts with their département, and who bears them; two queries. `path` leads to the call."""
    contracts = f"{path}__contracts" if path else "contracts"
    return (
        Prefetch(contracts, Contract.objects.select_related("departement")),
        Prefetch(f"{contracts}__bearers", ContractBearer.objects.select_related("territory")),
    )


def calls_of_roles(person: Person, roles: Collection[str]) -> QuerySet[Call] | None:
    """The calls over which one of these roles holds today, as `scopes_of` says of one; None: no such role."""
    scopes = {(grant.scope_kind, grant.scope_code) for grant in roles_of(person) if grant.role in roles}
    if not scopes:
        return None
    if EVERYWHERE in scopes:
        return Call.objects.all()
    wanted = Q(pk__in=[])
    for kind, code in scopes:
        wanted |= Q(territory__kind=kind, territory__code=code)
        wanted |= Q(code=code) if kind == "call" else Q(borne_in(kind, code, "contracts__"), territory=None)
    return Call.objects.filter(pk__in=Call.objects.filter(wanted).order_by().values("pk"))
