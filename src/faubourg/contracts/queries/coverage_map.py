"""The coverage of a contract: objectives × neighbourhoods, with what has no action yet."""

from dataclasses import dataclass

from faubourg.contracts.models import Action, Contract, Objective
from faubourg.rules.action_coverage import Aim, Coverage, Deed, coverage
from faubourg.territories.models import Territory

from .objectives import objectives_of, quarters_of


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One objective: how many actions in the whole contract, then in each place; `total` counts each once."""

    objective: Objective
    depth: int
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """`feet` counts as the rows do, the actions without an objective included."""

    places: tuple[Territory, ...]
    rows: tuple[HeatRow, ...]
    feet: tuple[int, ...]
    bare_objectives: tuple[Objective, ...]
    bare_places: tuple[Territory, ...]
    counted: Coverage


def coverage_of(contract: Contract) -> CoverageMap:
    """Four questions to the database; withdrawn objectives are left out."""
    aims = [(objective, depth) for objective, depth in objectives_of(contract) if not objective.withdrawn_on]
    places = quarters_of(contract)
    found = coverage(
        [Aim(objective.pk, objective.parent_id) for objective, _depth in aims],
        [place.pk for place in places],
        _deeds(contract),
    )
    columns = [None, *(place.pk for place in places)]
    bare = set(found.bare_objectives)
    return CoverageMap(
        places=tuple(places),
        rows=tuple(
            HeatRow(
                objective=objective,
                depth=depth,
                counts=tuple(found.cells.get((objective.pk, place), 0) for place in columns),
                total=found.totals.get(objective.pk, 0),
            )
            for objective, depth in aims
        ),
        feet=tuple(found.by_place.get(place, 0) for place in columns),
        bare_objectives=tuple(objective for objective, _depth in aims if objective.pk in bare),
        bare_places=tuple(place for place in places if place.pk in set(found.bare_places)),
        counted=found,
    )


def _deeds(contract: Contract) -> list[Deed]:
    """The actions as the rule sees them, places grouped by hand: two queries, no object."""
    where: dict[int, set[int]] = {}
    through = Action.neighbourhoods.through
    for action, place in through.objects.filter(action__contract=contract).values_list(
        "action_id", "territory_id"
    ):
        where.setdefault(action, set()).add(place)
    rows = contract.actions.order_by().values_list("pk", "objective", "state")
    return [
        Deed(objective, frozenset(where.get(pk, ())), dropped=state == Action.State.DROPPED)
        for pk, objective, state in rows
    ]
