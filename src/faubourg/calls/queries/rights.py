"""What the rights of a call are read from, seen from any row that leads to it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from faubourg.contracts.access import borne_in
from faubourg.contracts.models import Contract, ContractBearer
from faubourg.people.access import within_roles
from faubourg.people.models import Person

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
    return within_roles(person, roles, Call.objects.all(), _run_in)


def _run_in(kind: str, code: str) -> Q:
    own = Q(code=code) if kind == "call" else Q(borne_in(kind, code, "contracts__"), territory=None)
    return own | Q(territory__kind=kind, territory__code=code)
