"""What the rights of a call are read from, seen from any row that leads to it."""

from typing import Any

from django.db.models import Prefetch

from faubourg.contracts.models import Contract, ContractBearer


def rights_through(path: str = "") -> tuple[Prefetch[Any], Prefetch[Any]]:
    """Its contracts with their département, and who bears them; two queries. `path` leads to the call."""
    contracts = f"{path}__contracts" if path else "contracts"
    return (
        Prefetch(contracts, Contract.objects.select_related("departement")),
        Prefetch(f"{contracts}__bearers", ContractBearer.objects.select_related("territory")),
    )
