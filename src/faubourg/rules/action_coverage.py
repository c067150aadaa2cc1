"""The coverage map: which objectives have no action, which neighbourhoods have none, how many at each cross.

A dropped action covers nothing. An action without a neighbourhood is for the whole contract: it covers
its objective and no neighbourhood in particular. An objective is covered by what hangs below it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

EVERYWHERE = None


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective; `parent` is the one it hangs on."""

    key: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An action: the objective it serves (None: not said) and the neighbourhoods where it takes place."""

    objective: int | None
    places: frozenset[int] = frozenset()
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """`cells[(objective, place)]` counts actions, place None being the whole contract.

    `totals[objective]` counts each action once. `unaimed` are the actions that serve no objective here.
    """

    cells: Mapping[tuple[int, int | None], int]
    totals: Mapping[int, int]
    by_place: Mapping[int | None, int]
    bare_objectives: tuple[int, ...]
    bare_places: tuple[int, ...]
    unaimed: int
    counted: int


def coverage(aims: Sequence[Aim], places: Sequence[int], deeds: Iterable[Deed]) -> Coverage:
    """Count every action that was not dropped at its objective and at each one above it."""
    above = _above(aims)
    known = frozenset(places)
    cells: Counter[tuple[int, int | None]] = Counter()
    totals: Counter[int] = Counter()
    by_place: Counter[int | None] = Counter()
    unaimed = counted = 0
    for deed in deeds:
        if deed.dropped:
            continue
        counted += 1
        where: Collection[int | None] = deed.places & known if deed.places else (EVERYWHERE,)
        by_place.update(where)
        served = above.get(deed.objective, ()) if deed.objective is not None else ()
        unaimed += not served
        totals.update(served)
        cells.update((objective, place) for objective in served for place in where)
    return Coverage(
        cells=cells,
        totals=totals,
        by_place=by_place,
        bare_objectives=tuple(aim.key for aim in aims if not totals[aim.key]),
        bare_places=tuple(place for place in places if not by_place[place]),
        unaimed=unaimed,
        counted=counted,
    )


def heat(count: int) -> int:
    """The shade of a cell: 0 (nothing) to 4 (four actions or more); the number is always written."""
    return min(max(count, 0), 4)


def _above(aims: Sequence[Aim]) -> dict[int, tuple[int, ...]]:
    """Each objective with itself and those it hangs on, the root last; a loop is cut."""
    parents = {aim.key: aim.parent for aim in aims}
    found = {}
    for key in parents:
        path = [key]
        step = parents[key]
        while step in parents and step not in path:
            path.append(step)
            step = parents[step]
        found[key] = tuple(path)
    return found
