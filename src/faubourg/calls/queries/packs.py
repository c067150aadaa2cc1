"""What a member reads of each dossier, one page each: the project, its money, the services' opinions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.budget import Budget, Line
from faubourg.territories.models import Territory

from ..models import Application, BudgetLine, FunderOpinion, FundingRequest, JuryItem


@dataclass(frozen=True)
class Sheet:
    """One dossier of a pack, with what its page shows."""

    item: JuryItem
    rank: int

    @property
    def application(self) -> Application:
        """The dossier."""
        return self.item.application

    @cached_property
    def budget(self) -> Budget:
        """On the accounts of the form."""
        return Budget(tuple(Line(one.account, one.cents) for one in self._lines))

    @cached_property
    def total(self) -> int:
        """What the action costs, in cents; gifts in kind left aside."""
        return self.budget.total(Side.CHARGES)

    @cached_property
    def firm(self) -> int:
        """Grants that are obtained."""
        return sum(one.cents for one in self._lines if one.standing == BudgetLine.Standing.OBTAINED)

    @cached_property
    def hoped(self) -> int:
        """Grants that are asked for: they may come to nothing, and are never added to the others."""
        return sum(one.cents for one in self._lines if one.standing == BudgetLine.Standing.ASKED)

    @cached_property
    def requests(self) -> Sequence[FundingRequest]:
        """What is asked of whom."""
        return list(self.application.requests.all())

    @cached_property
    def opinions(self) -> Sequence[FunderOpinion]:
        """What the services think."""
        return list(self.application.opinions.all())

    @cached_property
    def places(self) -> str:
        """Where it takes place."""
        return ", ".join(place.name for place in self.application.territories.all())

    @cached_property
    def _lines(self) -> Sequence[BudgetLine]:
        return list(self.application.budget_lines.all())


def index_of(items: QuerySet[JuryItem]) -> list[tuple[int, str | None, str]]:
    """(key, number, title) of every page of a pack, in the same order; one query, no long text read."""
    return list(items.values_list("pk", "application__number", "application__title"))


def sheets_of(items: QuerySet[JuryItem], first: int = 1) -> list[Sheet]:
    """The pages of a pack, in the order of the session; five queries whatever their number.

    `first`: the rank of the first of them in the session, when they are a part of it.
    """
    found = items.prefetch_related(*_told())
    return [Sheet(item, rank) for rank, item in enumerate(found, start=first)]


def sheet_of(item: JuryItem) -> Sheet:
    """The page of one dossier that is read already; four queries."""
    prefetch_related_objects([item], *_told())
    return Sheet(item, 1)


def _told() -> tuple[Prefetch[Any] | str, ...]:
    """What a page shows beside the dossier."""
    return (
        Prefetch("application__requests", FundingRequest.objects.select_related("funder")),
        Prefetch("application__opinions", FunderOpinion.objects.select_related("funder")),
        "application__budget_lines",
        Prefetch("application__territories", Territory.objects.only("name").order_by("sort_key")),
    )
