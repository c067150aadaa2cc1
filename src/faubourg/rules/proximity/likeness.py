"""Was it reported already? Those nearby, recent and of the same kind, with a score that says why; and which
notes of several note-takers look like one. Both are suggestions: somebody decides, never the score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from ..verdict import Reason, mark
from .places import Point, distance_m, rounded

# Out of a hundred: how near, of the same kind, how recent.
FOR_DISTANCE = 60
FOR_CATEGORY = 25
FOR_DAYS = 15
MOST_SHOWN = 5
# A point that is not precise widens the search, never beyond twice the radius of its category.
MOST_WIDENED = 2
MERGE_RADIUS_M = 25


@dataclass(frozen=True, slots=True)
class Reach:
    """How far and how long ago one looks for the same problem."""

    radius_m: int
    age_days: int


@dataclass(frozen=True, slots=True)
class Spot:
    """What is reported, where (metres of accuracy) and on which day."""

    category: str
    at: Point
    accuracy_m: float
    on: date


@dataclass(frozen=True, slots=True)
class Known:
    """One that exists already; `key` is whatever the caller finds it back by."""

    key: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Near:
    """A possible duplicate: `score` of 100, whole metres, whole days, and the three parts of the score."""

    key: str
    score: int
    metres: int
    days: int
    reasons: tuple[Reason, ...]


def nearby(
    spot: Spot, known: Iterable[Known], reach: Reach, families: Mapping[str, str] | None = None
) -> tuple[Near, ...]:
    """The likeliest first, five at most; ties by distance, then by key.

    `families` names the family of a category: another category of the same family counts half.
    """
    found = [near for one in known for near in (_near(one, spot, reach, families or {}),) if near is not None]
    return tuple(sorted(found, key=lambda near: (-near.score, near.metres, near.key))[:MOST_SHOWN])


def _near(one: Known, spot: Spot, reach: Reach, families: Mapping[str, str]) -> Near | None:
    kin = _kinship(one.spot.category, spot.category, families)
    days = abs((spot.on - one.spot.on).days)
    if not kin or days > reach.age_days:
        return None
    metres = distance_m(one.spot.at, spot.at)
    within = widened(reach.radius_m, one.spot.accuracy_m, spot.accuracy_m)
    if not metres <= within:
        return None
    parts = (
        round(FOR_DISTANCE * (1 - metres / within)),
        kin,
        round(FOR_DAYS * (1 - days / (reach.age_days + 1))),
    )
    return Near(one.key, sum(parts), rounded(metres), days, _explained(parts, rounded(metres), within, days))


def widened(radius_m: float, *accuracies_m: float) -> float:
    """The radius, given what is doubtful of the points; an accuracy that is no number adds nothing."""
    doubt = sum(one for one in accuracies_m if isfinite(one) and one > 0)
    return min(radius_m + doubt, radius_m * MOST_WIDENED)


def _kinship(one: str, other: str, families: Mapping[str, str]) -> int:
    if one == other:
        return FOR_CATEGORY
    family = families.get(one)
    return FOR_CATEGORY // 2 if family is not None and family == families.get(other) else 0


def _explained(parts: tuple[int, int, int], metres: int, within: float, days: int) -> tuple[Reason, ...]:
    distance, kin, recent = parts
    same = kin == FOR_CATEGORY
    category = (
        mark("Même catégorie : {points} points.") if same else mark("Catégorie voisine : {points} points.")
    )
    return (
        Reason(
            "near-distance", True, mark("À {metres} m : {points} points."),
            {"metres": metres, "points": distance}, rounded(within), metres,
        ),
        Reason("near-category", same, category, {"points": kin}, decides=False),
        Reason(
            "near-days", True, mark("À {days} jour(s) d’écart : {points} points."),
            {"days": days, "points": recent}, None, days,
        ),
    )  # fmt: skip


# --- Several note-takers on one walk ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """One observation, by whom it was noted; `sense` is asset or dysfunction: they are never merged."""

    key: str
    taker: str
    theme: str
    sense: str
    at: Point
    accuracy_m: float


@dataclass(frozen=True, slots=True)
class Merge:
    """Notes that look like one: the first key is the one to keep, `metres` the widest gap among them."""

    keys: tuple[str, ...]
    metres: int
    reasons: tuple[Reason, ...]


def merges(notes: Sequence[Note]) -> tuple[Merge, ...]:
    """Same theme, same sense, each within reach of every other: suggested in the order of the notes.

    A note stands in one suggestion at most.
    """
    groups: list[list[Note]] = []
    for note in notes:
        home = next((group for group in groups if all(_alike(note, one) for one in group)), None)
        if home is None:
            groups.append([note])
        else:
            home.append(note)
    return tuple(_merge(group) for group in groups if len(group) > 1)


def _alike(one: Note, other: Note) -> bool:
    if (one.theme, one.sense) != (other.theme, other.sense):
        return False
    within = widened(MERGE_RADIUS_M, one.accuracy_m, other.accuracy_m)
    return distance_m(one.at, other.at) <= within


def _merge(group: Sequence[Note]) -> Merge:
    widest = rounded(max(distance_m(one.at, other.at) for one in group for other in group))
    takers = len({note.taker for note in group})
    params = {"count": len(group), "takers": takers, "metres": widest}
    if takers > 1:
        sentence = mark("{count} notes de {takers} personnes, même thème, à {metres} m au plus.")
    else:
        sentence = mark("{count} notes de la même personne, même thème, à {metres} m au plus.")
    reason = Reason("merge", takers > 1, sentence, params, MERGE_RADIUS_M, widest, decides=False)
    return Merge(tuple(note.key for note in group), widest, (reason,))
