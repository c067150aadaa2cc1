"""Actions: the list of a contract, one action with its whole thread, those of a neighbourhood."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from faubourg.contracts.models import Action, ActionNote, Contract, FundingLine, Objective
from faubourg.rules.money_ladder import rank
from faubourg.territories.models import Territory

from .contracts import contracts


@dataclass(frozen=True, slots=True)
class MoneyOfAction:
    """Lines of one level, one origin, one nature, one year and one place; their sum in cents, nothing wider.

    `wider` when the money is that of a place which is no neighbourhood: the action has a part of it only.
    """

    lines: tuple[FundingLine, ...]
    total_cents: int
    wider: bool

    @property
    def first(self) -> FundingLine:
        """What the lines have in common is read from it."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class ActionThread:
    """An action with what it serves, where it takes place, its money and its diary."""

    action: Action
    contract: Contract
    aims: tuple[Objective, ...]
    money: tuple[MoneyOfAction, ...]
    notes: tuple[ActionNote, ...]


def actions_of(contract: Contract) -> QuerySet[Action]:
    """The actions of a contract with what a line of the list shows."""
    return contract.actions.select_related("objective", "lead").prefetch_related("neighbourhoods", "partners")


def action_by_id(pk: int) -> Action | None:
    """An action with its contract as the pages of a contract need it."""
    found = (
        Action.objects.select_related("objective__parent__parent", "lead", "source")
        .prefetch_related("neighbourhoods", "partners")
        .filter(pk=pk)
        .first()
    )
    if found:
        found.contract = contracts().get(pk=found.contract_id)
    return found


def thread_of_action(action: Action) -> ActionThread:
    """What hangs on an action; two questions more."""
    aims: list[Objective] = []
    objective = action.objective
    while objective is not None:
        aims.insert(0, objective)
        objective = objective.parent
    lines = action.funding_lines.select_related("territory", "source")
    return ActionThread(
        action=action,
        contract=action.contract,
        aims=tuple(aims),
        money=tuple(_apart(lines)),
        notes=tuple(action.notes.order_by("-on", "-pk")),
    )


def actions_at(place: Territory) -> list[Action]:
    """What is done, or meant to be, in a neighbourhood; dropped actions last. One query."""
    rows = place.actions.select_related("contract", "objective", "lead").order_by("line", "title")
    return sorted(rows, key=lambda action: action.state == Action.State.DROPPED)


def lines_of_plan(contract: Contract) -> list[str]:
    """The names of the parts of the plan that are in use, in the order of the alphabet."""
    return sorted(set(contract.actions.exclude(line="").values_list("line", flat=True)))


def actions_in_short(contract: Contract) -> list[tuple[int, str]]:
    """Key and title of the actions that are not dropped, as a list to choose from offers them."""
    going = contract.actions.exclude(state=Action.State.DROPPED).order_by("line", "title", "pk")
    return list(going.values_list("pk", "title"))


def _apart(lines: Iterable[FundingLine]) -> Iterable[MoneyOfAction]:
    """A total never mixes levels, origins, natures, years nor places."""

    def together(line: FundingLine) -> tuple[object, ...]:
        return rank(line.level), line.year, line.origin, line.nature, line.territory_id

    for _same, group in groupby(sorted(lines, key=together), key=together):
        same = tuple(group)
        yield MoneyOfAction(
            lines=same,
            total_cents=sum(line.amount_cents for line in same),
            wider=same[0].territory.kind != Territory.Kind.NEIGHBOURHOOD,
        )
