"""The dossiers that an intercommunalité puts in order, contract by contract."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor

from ..models import Application, Call
from .applications import without_recused

# Once examined and until the jury decides.
RANKABLE = frozenset({"examined", "ranked", "before_jury", "adjourned"})
ON_A_PAGE = 50


def to_rank(call: Call, contract: Contract, person: Visitor, page: int | str = 1) -> "Page[Application]":
    """Ranked first in their order, then the others by number, a page at a time; three queries."""
    rows = Application.objects.filter(call=call, contract=contract, state__in=RANKABLE)
    narrow = (
        without_recused(rows, person)
        .select_related("organisation")
        .only(
            "number",
            "title",
            "measure",
            "state",
            "rank",
            "rank_reason",
            "call_id",
            "asked_cents",
            "organisation__name",
        )
        .order_by(F("rank").asc(nulls_last=True), "number", "pk")
    )
    return Paginator(narrow, ON_A_PAGE).get_page(page)


def contracts_with_ranks(call: Call) -> Sequence[Contract]:
    """The contracts of a call with how many dossiers are ranked, out of how many; one query."""
    mine = Q(applications__call=call, applications__state__in=RANKABLE)
    return list(
        call.contracts.annotate(
            to_rank=Count("applications", filter=mine),
            ranked=Count("applications", filter=mine & Q(applications__rank__isnull=False)),
        ).order_by("sort_key")
    )
