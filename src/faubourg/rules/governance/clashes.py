"""Which meetings of one calendar get in each other's way: same people, same organisations, same hour.

Touching is not overlapping. A day without an hour may clash with anything of that day: it is said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from faubourg.rules.verdict import mark


class Level(StrEnum):
    """From the one that cannot be to the one that is only worth knowing."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    HOURS = "hours"
    DAY = "day"


SENTENCES = {
    Level.PEOPLE: mark("Au même moment, avec les mêmes personnes : {shared}."),
    Level.ORGANISATIONS: mark("Au même moment, avec les mêmes organisations : {shared}."),
    Level.HOURS: mark("Au même moment."),
    Level.DAY: mark("Le même jour ; l’heure de l’une des deux n’est pas connue."),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A meeting in time (aware datetimes, or all naive), who sits there and for which organisations."""

    key: int
    starts: datetime
    ends: datetime
    hour_known: bool = True
    people: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two meetings, the earlier first; `shared` are the people, or failing that the organisations."""

    first: int
    second: int
    level: Level
    shared: tuple[str, ...] = ()


def between(one: Slot, other: Slot) -> Clash | None:
    """The worst clash of two meetings, None when nothing stands between them."""
    first, second = sorted((one, other), key=_rank)
    if not (first.starts < second.ends and second.starts < first.ends):
        return None
    people = tuple(sorted(first.people & second.people))
    organisations = tuple(sorted(first.organisations & second.organisations))
    if not (first.hour_known and second.hour_known):
        return Clash(first.key, second.key, Level.DAY, people or organisations)
    if people:
        return Clash(first.key, second.key, Level.PEOPLE, people)
    if organisations:
        return Clash(first.key, second.key, Level.ORGANISATIONS, organisations)
    return Clash(first.key, second.key, Level.HOURS)


def among(slots: Sequence[Slot]) -> tuple[Clash, ...]:
    """Every clash, in the order of the days; each pair once."""
    ranked = sorted(slots, key=_rank)
    found: list[Clash] = []
    for rank, slot in enumerate(ranked):
        for later in ranked[rank + 1 :]:
            if later.starts >= slot.ends:
                break
            clash = between(slot, later)
            if clash:
                found.append(clash)
    return tuple(found)


def _rank(slot: Slot) -> tuple[datetime, datetime, int]:
    return (slot.starts, slot.ends, slot.key)
