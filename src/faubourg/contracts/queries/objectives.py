"""The objectives of a contract in their tree, each with its stakes, places, measures, count of actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from faubourg.contracts.models import Action, Commitment, Contract, Objective, ObjectiveIndicator, Stake
from faubourg.rules.figures import Comparison, compare
from faubourg.rules.objective_tree import Node, Rank, below, in_order
from faubourg.territories.models import Figure, Territory
from faubourg.territories.queries.figures import facts_of


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of an objective; `now` is the newest figure when it is not the baseline itself.

    `since` is the change from the baseline to it, or the reasons why the rules give none.
    """

    measured: ObjectiveIndicator
    now: Figure | None = None
    since: Comparison | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One line of the tree: `depth` 0 is an axis; `first`, `last` of its siblings; a `leaf` holds nothing."""

    objective: Objective
    depth: int
    actions: int
    measures: tuple[Measure, ...]
    stakes: Sequence[Stake] = ()
    commitments: Sequence[Commitment] = ()
    places: Sequence[Territory] = ()
    first: bool = False
    last: bool = False
    leaf: bool = True

    @property
    def adds(self) -> str:
        """The rank of what can be added under it; empty under an operational one."""
        return "" if self.objective.withdrawn_on else str(below(self.objective.rank) or "")


def objectives_of(contract: Contract) -> list[tuple[Objective, int]]:
    """The objectives with their depth, in the order of the tree; one query."""
    found = {objective.pk: objective for objective in contract.objectives.order_by("order", "pk")}
    return [(found[node.key], depth) for node, depth in in_order([_node(o) for o in found.values()])]


def tree_of(contract: Contract) -> list[ObjectiveLine]:
    """The whole tree; six questions to the database whatever its size."""
    live = Count("actions", filter=~Q(actions__state=Action.State.DROPPED), distinct=True)
    rows = (
        contract.objectives.annotate(live_actions=live)
        .order_by("order", "pk")
        .prefetch_related(
            # Lists, not managers: asking a manager once a line costs more than the whole read.
            Prefetch("stakes", to_attr="read_stakes"),
            Prefetch("commitments", _promised(), to_attr="read_commitments"),
            Prefetch("neighbourhoods", to_attr="read_places"),
            Prefetch("indicators", _measures(), to_attr="read_measures"),
        )
    )
    found = {objective.pk: objective for objective in rows}
    ordered = in_order([_node(objective) for objective in found.values()])
    siblings: dict[int | None, list[int]] = {}
    for node, _depth in ordered:
        siblings.setdefault(node.parent, []).append(node.key)
    newest = _newest(measured for objective in found.values() for measured in objective.read_measures)
    return [
        ObjectiveLine(
            objective=found[node.key],
            depth=depth,
            actions=found[node.key].live_actions,
            measures=tuple(_measure(m, newest) for m in found[node.key].read_measures),
            stakes=found[node.key].read_stakes,
            commitments=found[node.key].read_commitments,
            places=found[node.key].read_places,
            first=siblings[node.parent][0] == node.key,
            last=siblings[node.parent][-1] == node.key,
            leaf=node.key not in siblings,
        )
        for node, depth in ordered
    ]


def possible_parents(contract: Contract, objective: Objective) -> list[Objective]:
    """Where this objective may hang: what stands just above it and is not withdrawn."""
    wanted = {Rank.STRATEGIC: Rank.AXIS, Rank.OPERATIONAL: Rank.STRATEGIC}.get(Rank(objective.rank))
    if wanted is None:
        return []
    return list(contract.objectives.filter(rank=wanted, withdrawn_on=None).order_by("order", "pk"))


def stakes_of(contract: Contract) -> list[Stake]:
    """The stakes in their order."""
    return list(contract.stakes.order_by("order", "pk"))


def quarters_of(contract: Contract) -> list[Territory]:
    """The neighbourhoods of the contract that nobody set aside, by name."""
    return list(
        Territory.objects.filter(contract_links__contract=contract, contract_links__rejected=False).order_by(
            "sort_key", "code"
        )
    )


def measurable_places(contract: Contract) -> list[Territory]:
    """Where a measure may be taken: the bearers, then the neighbourhoods."""
    bearers = [bearer.territory for bearer in contract.bearers.all() if bearer.territory]
    return [*bearers, *quarters_of(contract)]


def figures_to_start_from(territory: Territory) -> list[Figure]:
    """The published figures of a place, from the newest vintage of each indicator to the oldest."""
    return list(
        Figure.objects.filter(territory=territory, withdrawn_at=None, value__isnull=False)
        .select_related("indicator", "source", "perimeter")
        .defer("perimeter__wkb", "perimeter__outline")
        .order_by("indicator__order", "indicator", F("vintage_year").desc(nulls_last=True), "id")
    )


def _promised() -> QuerySet[Commitment]:
    """What partners promise of their droit commun and did not give up."""
    return Commitment.objects.filter(dropped_on=None).only("text", "objective_id", "contract_id")


def _measures() -> QuerySet[ObjectiveIndicator]:
    return ObjectiveIndicator.objects.select_related(
        "indicator", "territory", "baseline__source", "baseline__perimeter", "baseline__indicator",
        "baseline__territory",
    ).defer("baseline__perimeter__wkb", "baseline__perimeter__outline")  # fmt: skip


def _newest(measured: Iterable[ObjectiveIndicator]) -> dict[tuple[int, str], Figure]:
    """The newest standing figure by place and indicator, of those that start from one; one query."""
    starts = [m.baseline for m in measured if m.baseline]
    rows = (
        Figure.objects.filter(
            territory__in={figure.territory_id for figure in starts},
            indicator__in={figure.indicator_id for figure in starts},
            withdrawn_at=None,
        )
        .select_related("indicator", "source", "perimeter", "territory")
        .defer("perimeter__wkb", "perimeter__outline")
        .order_by(F("vintage_year").asc(nulls_first=True), "id")
    )
    return {(figure.territory_id, figure.indicator_id): figure for figure in rows}


def _measure(measured: ObjectiveIndicator, newest: dict[tuple[int, str], Figure]) -> Measure:
    start = measured.baseline
    now = newest.get((start.territory_id, start.indicator_id)) if start else None
    if start is None or now is None or now.pk == start.pk:
        return Measure(measured)
    return Measure(measured, now, compare(facts_of(start), facts_of(now)))


def _node(objective: Objective) -> Node:
    return Node(
        objective.pk, objective.rank, objective.parent_id, objective.order, objective.withdrawn_on is not None
    )
