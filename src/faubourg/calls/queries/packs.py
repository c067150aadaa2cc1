"""What a member reads of each dossier, one page each: the project, its money, the services' opinions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.budget import Budget, Line

from ..models import Application, BudgetLine, FunderOpinion, FundingRequest, JuryItem


@dataclass(frozen=True)
class Sheet:
    """One dossier of a pack, with what its page shows: what is asked of whom, what the services think, its
    budget, where it takes place.
    """

    item: JuryItem
    rank: int
    requests: Sequence[FundingRequest]
    opinions: Sequence[FunderOpinion]
    lines: Sequence[BudgetLine]
    places: str

    @property
    def application(self) -> Application:
        """The dossier."""
        return self.item.application

    @cached_property
    def budget(self) -> Budget:
        """On the accounts of the form."""
        return Budget(tuple(Line(one.account, one.cents) for one in self.lines))

    @cached_property
    def total(self) -> int:
        """What the action costs, in cents; gifts in kind left aside."""
        return self.budget.total(Side.CHARGES)

    @cached_property
    def firm(self) -> int:
        """Grants that are obtained."""
        return sum(one.cents for one in self.lines if one.standing == BudgetLine.Standing.OBTAINED)

    @cached_property
    def hoped(self) -> int:
        """Grants that are asked for: they may come to nothing, and are never added to the others."""
        return sum(one.cents for one in self.lines if one.standing == BudgetLine.Standing.ASKED)


def index_of(items: QuerySet[JuryItem]) -> list[tuple[int, str | None, str]]:
    """(key, number, title) of every page of a pack, in the same order; one query, no long text read."""
    return list(items.values_list("pk", "application__number", "application__title"))


def sheets_of(items: QuerySet[JuryItem], first: int = 1) -> list[Sheet]:
    """The pages of a pack, in the order of the session; five queries whatever their number.

    `first`: the rank of the first of them in the session, when they are a part of it.
    """
    return _sheets(list(items), first)


def sheet_of(item: JuryItem) -> Sheet:
    """The page of one dossier that is read already; four queries."""
    return _sheets([item], 1)[0]


def _sheets(items: Sequence[JuryItem], first: int) -> list[Sheet]:
    """Each with what is read of all of them at once."""
    keys = [item.application_id for item in items]
    requests = _by_dossier(FundingRequest.objects.filter(application__in=keys).select_related("funder"))
    opinions = _by_dossier(FunderOpinion.objects.filter(application__in=keys).select_related("funder"))
    lines = _by_dossier(BudgetLine.objects.filter(application__in=keys))
    places: dict[int, list[str]] = defaultdict(list)
    links = Application.territories.through.objects.filter(application__in=keys)
    for key, name in links.order_by("territory__sort_key").values_list("application", "territory__name"):
        places[key].append(name)
    return [
        Sheet(item, rank, requests[key], opinions[key], lines[key], ", ".join(places[key]))
        for rank, (item, key) in enumerate(zip(items, keys, strict=True), start=first)
    ]


def _by_dossier(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.application_id].append(row)
    return found
