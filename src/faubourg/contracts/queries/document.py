"""What an agreement prints: parties, text in force, objectives, actions, money, bodies, days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from faubourg.contracts.agreements import Agreement
from faubourg.contracts.models import (
    Action,
    Body,
    Contract,
    FundingLine,
    LinkedPlan,
    Milestone,
    Objective,
    Phase,
    Signatory,
)
from faubourg.rules.consolidation import Clause

from .circuit import parties_of
from .conventions import plans_of
from .text import amendments_of, articles_of, text_at


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in cents of one level, year, origin and nature, none of them mixed; `lines` were added."""

    level: str
    year: int
    origin: str
    nature: str
    cents: int
    lines: int


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything the document says; what hangs on a contract alone is empty for a convention."""

    agreement: Agreement
    on: date
    parties: tuple[Signatory, ...]
    text: tuple[Clause, ...]
    plans: list[LinkedPlan]
    objectives: list[tuple[int, Objective]]
    actions: list[Action]
    money: list[Money]
    bodies: list[Body]
    phases: list[Phase]
    milestones: list[Milestone]


def printed(agreement: Agreement, on: date) -> Printed:
    """A dozen questions, whatever its length; only signed amendments are in force."""
    contract = agreement if isinstance(agreement, Contract) else None
    return Printed(
        agreement=agreement,
        on=on,
        parties=parties_of(agreement),
        text=text_at(articles_of(agreement), amendments_of(agreement, drafts=False), on),
        plans=plans_of(agreement),
        objectives=objectives_in_order(contract) if contract else [],
        actions=_actions(contract) if contract else [],
        money=money_by_level(contract) if contract else [],
        bodies=list(contract.bodies.filter(closed_on__isnull=True).exclude(kind=Body.Kind.COMMUNITY))
        if contract
        else [],
        phases=list(contract.phases.all()) if contract else [],
        milestones=list(contract.milestones.all()) if contract else [],
    )


def objectives_in_order(contract: Contract) -> list[tuple[int, Objective]]:
    """The tree of objectives, each with its depth (0: an axis), the withdrawn ones left out."""
    under: dict[int | None, list[Objective]] = defaultdict(list)
    for objective in contract.objectives.filter(withdrawn_on__isnull=True).order_by("order", "pk"):
        under[objective.parent_id].append(objective)
    found: list[tuple[int, Objective]] = []

    def walk(parent: int | None, depth: int) -> None:
        for objective in under.pop(parent, ()):
            found.append((depth, objective))
            walk(objective.pk, depth + 1)

    walk(None, 0)
    return found


def money_by_level(contract: Contract) -> list[Money]:
    """The maquette summed within one level, year, origin and nature: never across."""
    rows = (
        FundingLine.objects.filter(contract=contract)
        .order_by()
        .values_list("level", "year", "origin", "nature")
        .annotate(Sum("amount_cents"), Count("pk"))
    )
    ladder = {level: rank for rank, level in enumerate(FundingLine.Level.values)}
    return sorted((Money(*row) for row in rows), key=lambda row: (ladder[row.level], row.year, row.origin))


def _actions(contract: Contract) -> list[Action]:
    return list(
        contract.actions.exclude(state=Action.State.DROPPED)
        .select_related("lead", "objective")
        .order_by("line", "pk")
    )
