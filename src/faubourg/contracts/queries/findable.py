"""Contracts as the search shows and finds them: one entry per code, the newest generation."""

from collections.abc import Iterator

from django.urls import reverse

from faubourg.base.models import SearchTerm
from faubourg.base.search import Searchable
from faubourg.contracts.models import Contract

Field = SearchTerm.Field


def findable_contracts(*codes: str) -> Iterator[Searchable]:
    """The contracts of these codes, or all; an older generation of a code is found under the newest."""
    wanted = Contract.objects.select_related("departement").prefetch_related("bearers__territory")
    if codes:
        wanted = wanted.filter(code__in=codes)
    by_code: dict[str, list[Contract]] = {}
    for contract in wanted.order_by("-generation"):
        by_code.setdefault(contract.code, []).append(contract)
    for newest, *older in by_code.values():
        departement = newest.departement.name if newest.departement else ""
        bearers = [bearer.territory.name for bearer in newest.bearers.all() if bearer.territory]
        yield Searchable(
            kind="contract",
            ref=newest.code,
            title=newest.name,
            detail=" · ".join(part for part in (newest.generation, departement) if part),
            url=reverse("contract", args=[newest.code]),
            weight=newest.printed_population or 0,
            terms={
                Field.CODE: [newest.code],
                Field.ALIAS: [newest.printed_name, *(contract.name for contract in older)],
                Field.PLACE: bearers,
            },
        )
