"""The text in force at a date: the articles as signed, changed by every amendment that had effect by then.

Amendments apply in the order of their effect, then of their number; a removed article stays listed, empty,
with the amendment that removed it, as official texts do.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

_RUNS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Clause:
    """An article or an annex. `article` is its identity, None when an amendment brought it in."""

    number: str
    title: str
    body: str = ""
    annex: bool = False
    article: int | None = None
    amended_by: tuple[int, ...] = ()
    since: date | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What one amendment makes of one article: its new text, a new article, or its removal."""

    amendment: int
    effective_on: date
    number: str
    title: str
    body: str = ""
    article: int | None = None
    removed: bool = False


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """The order in which numbers are read: 2, 3, 3 bis, 10, A."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.strip().casefold())
        for part in _RUNS.split(number.strip())
        if part.strip()
    )


def consolidate(articles: Iterable[Clause], changes: Iterable[Change], on: date) -> tuple[Clause, ...]:
    """The text in force that day, articles before annexes, each in the order of its number."""
    text = list(articles)
    for change in sorted(changes, key=lambda change: (change.effective_on, change.amendment)):
        if change.effective_on > on:
            continue
        place = _place(text, change)
        if place is None:
            if not change.removed:
                text.append(_changed(Clause(change.number, change.title), change))
        else:
            text[place] = _changed(text[place], change)
    return tuple(sorted(text, key=lambda clause: (clause.annex, natural(clause.number))))


def _place(text: list[Clause], change: Change) -> int | None:
    """The article that a change speaks of: by its identity, or by the number that an amendment gave it."""
    for place, clause in enumerate(text):
        if change.article is not None and clause.article == change.article:
            return place
        brought = clause.article is None and change.article is None
        if brought and natural(clause.number) == natural(change.number):
            return place
    return None


def _changed(clause: Clause, change: Change) -> Clause:
    return replace(
        clause,
        number=change.number,
        title=change.title,
        body="" if change.removed else change.body,
        removed=change.removed,
        amended_by=(*clause.amended_by, change.amendment),
        since=change.effective_on,
    )
