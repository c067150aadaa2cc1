"""What is owed by a day, judged on a day: ahead, late, done in time or late; computed, never typed.

Planned and actual days stand side by side. What a closed contract never recorded is unknown: nobody is late
for ever. Days are counted in Europe/Paris by whoever gives them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .verdict import Reason, Verdict, mark

# What is due within so many days is shown as coming.
SOON = 30


class Standing(StrEnum):
    """Where something owed stands on the day it is judged."""

    NO_DATE = "no_date"
    AHEAD = "ahead"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class Judged:
    """`days` is never negative: left when ahead, of delay when late; 0 otherwise."""

    standing: Standing
    days: int
    reason: Reason

    @property
    def late(self) -> bool:
        """Still awaited, and past its day."""
        return self.standing is Standing.LATE

    @property
    def done(self) -> bool:
        """Recorded as done, in time or not."""
        return self.standing in (Standing.DONE, Standing.DONE_LATE)

    @property
    def soon(self) -> bool:
        """To come within a month."""
        return self.standing is Standing.AHEAD and self.days <= SOON

    @property
    def verdict(self) -> Verdict:
        """Is it in time? Unknown without a date or a record."""
        return Verdict((self.reason,))


_SENTENCES = {
    Standing.NO_DATE: mark("Aucune date n’est fixée."),
    Standing.AHEAD: mark("Attendu le {due} : encore {days} j."),
    Standing.LATE: mark("Attendu le {due} : {days} j de retard."),
    Standing.DONE: mark("Fait le {done}, dans les temps."),
    Standing.DONE_LATE: mark("Fait le {done}, {days} j après la date prévue."),
    Standing.UNRECORDED: mark("Prévu le {due} ; rien ne dit si ce fut fait avant la fin du contrat."),
}
_MET = {Standing.LATE: False, Standing.DONE_LATE: False, Standing.AHEAD: True, Standing.DONE: True}


def judge(due: date | None, done: date | None, on: date, closed_on: date | None = None) -> Judged:
    """`due` is the last day in time; `closed_on` is the day from which nothing is awaited any more.

    >>> judge(date(2014, 12, 31), date(2015, 7, 1), date(2024, 1, 1)).days
    182
    """
    standing, days = _standing(due, done, on, closed_on)
    return Judged(
        standing,
        days,
        Reason(
            code=standing,
            met=_MET.get(standing),
            template=_SENTENCES[standing] if due or not done else _DONE_WITHOUT_DATE,
            params={"due": due, "done": done, "days": days},
            threshold=due,
            operand=done or on,
        ),
    )


_DONE_WITHOUT_DATE = mark("Fait le {done} ; aucune date n’était fixée.")


def _standing(due: date | None, done: date | None, on: date, closed_on: date | None) -> tuple[Standing, int]:
    if due is None:
        return (Standing.DONE if done else Standing.NO_DATE), 0
    if done is not None:
        return (Standing.DONE, 0) if done <= due else (Standing.DONE_LATE, (done - due).days)
    if closed_on is not None and closed_on <= on:
        return Standing.UNRECORDED, 0
    return (Standing.AHEAD, (due - on).days) if on <= due else (Standing.LATE, (on - due).days)


@dataclass(frozen=True, slots=True)
class Period:
    """A phase: the planned days always, the actual ones when they are known."""

    planned_start: date
    planned_end: date
    actual_start: date | None = None
    actual_end: date | None = None


def judge_period(period: Period, on: date, closed_on: date | None = None) -> Judged:
    """A phase is judged by its end; one that should have begun is late by its beginning."""
    if period.actual_start is None and period.actual_end is None and on <= period.planned_end:
        begun = judge(period.planned_start, None, on, closed_on)
        if begun.late:
            return begun
    return judge(period.planned_end, period.actual_end, on, closed_on)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two periods, by their rank in the list, share these days (both included)."""

    one: int
    other: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days they share."""
        return (self.last - self.first).days + 1


def overlaps(periods: Sequence[tuple[date, date]]) -> tuple[Overlap, ...]:
    """Phases may overlap: which do, and when. Each pair once, in the order of the list."""
    return tuple(
        Overlap(i, j, max(one[0], other[0]), min(one[1], other[1]))
        for i, one in enumerate(periods)
        for j, other in enumerate(periods[i + 1 :], start=i + 1)
        if max(one[0], other[0]) <= min(one[1], other[1])
    )


def shared(begins: date, ends: date, first: int, last: int, of: int) -> tuple[date, date]:
    """The days from share `first` (included) to share `last` (excluded) of a period cut in `of` equal shares.

    >>> shared(date(2024, 1, 1), date(2024, 1, 10), 0, 5, 10)
    (datetime.date(2024, 1, 1), datetime.date(2024, 1, 5))
    """
    days = (ends - begins).days + 1
    start = begins + timedelta(days=days * first // of)
    end = begins + timedelta(days=days * last // of - 1)
    return start, max(start, end)
