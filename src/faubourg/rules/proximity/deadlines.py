"""By when a report is dealt with, who hears of it when it is late, when an owner has to be found, and when
silence closes what was declared done. Days are those of Paris, whatever the clock of whoever taps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from .. import calendar
from ..calls.moments import in_paris
from ..expiry import add_months
from ..routing import Moment
from ..verdict import Reason, mark
from ..working_days import (
    Place,
    add_working_days,
    holidays,
    last_working,
    next_working,
    working_days_between,
)

# Our own choices, no text: a common rule that a convention may change.
DEFAULT_WORKING_DAYS = 10
ARBITRATION_DAYS = 10
SILENCE_DAYS = 15
REVIEW_MONTHS = 6
HIERARCHY_AFTER = 5
COORDINATOR_AFTER = 10


@dataclass(frozen=True, slots=True)
class Delay:
    """How many working days a category leaves, for what is received from `since` on; no day: always did."""

    category: str
    working_days: int
    since: date | None = None


class Told(StrEnum):
    """Who hears of a delay, one after the other."""

    REFERENT = "referent"
    HIERARCHY = "hierarchy"
    COORDINATOR = "coordinator"


# Working days past the deadline: none is the first day late.
ESCALATION = ((Told.REFERENT, 1), (Told.HIERARCHY, HIERARCHY_AFTER), (Told.COORDINATOR, COORDINATOR_AFTER))
ESCALATION_NAMES = {
    Told.REFERENT: mark("le référent"),
    Told.HIERARCHY: mark("sa hiérarchie"),
    Told.COORDINATOR: mark("la coordination"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One person told, from that day on."""

    told: Told
    on: date


def day_in_paris(at: datetime) -> date:
    """The day that an aware moment belongs to. Raises ValueError when it is naive."""
    return in_paris(at).date()


def moment_at(at: datetime, place: Place = Place.FRANCE) -> Moment:
    """The weekday and the hour that the table of routing reads."""
    local = in_paris(at)
    return Moment(local.weekday(), local.hour, local.date() in holidays(local.year, place))


def working_days_of(category: str, received_on: date, delays: Iterable[Delay]) -> int:
    """The delay in force the day it was received: the latest one that had begun, else the common one."""
    known = [
        delay
        for delay in delays
        if delay.category == category and (delay.since is None or delay.since <= received_on)
    ]
    if not known:
        return DEFAULT_WORKING_DAYS
    return max(known, key=lambda delay: delay.since or date.min).working_days


def due_on(category: str, received_on: date, delays: Iterable[Delay], place: Place = Place.FRANCE) -> date:
    """The last day in time; the day of receipt is not counted."""
    return add_working_days(received_on, working_days_of(category, received_on, delays), place)


def judge_treatment(due: date, on: date, place: Place = Place.FRANCE) -> calendar.Judged:
    """Where what is awaited stands: late from the first working day after; a planned day changes nothing."""
    judged = calendar.judge(due, None, on)
    if not judged.late:
        return judged
    days = working_days_late(due, on, place)
    standing = calendar.Standing.LATE if days else calendar.Standing.AHEAD
    reason = replace(
        judged.reason,
        code=standing,
        met=not days,
        template=_LATE.get(days, _VERY_LATE),
        params={"due": due, "days": days},
    )
    return calendar.Judged(standing, days, reason)


_LATE = {
    0: mark("Attendu le {due} : en retard dès le prochain jour ouvré."),
    1: mark("Attendu le {due} : un jour ouvré de retard."),
}
_VERY_LATE = mark("Attendu le {due} : {days} jours ouvrés de retard.")


def escalation(due: date, place: Place = Place.FRANCE) -> tuple[Step, ...]:
    """Who is told and when, if nothing is done: each one once, on a working day."""
    return tuple(Step(told, add_working_days(due, after, place)) for told, after in ESCALATION)


def told_by(due: date, on: date, place: Place = Place.FRANCE) -> tuple[Step, ...]:
    """The steps that are reached that day; none while it is in time."""
    return tuple(step for step in escalation(due, place) if step.on <= on)


def working_days_late(due: date, on: date, place: Place = Place.FRANCE) -> int:
    """Working days past the deadline, 0 in time."""
    return working_days_between(due, on, place)


def late_before(on: date, place: Place = Place.FRANCE) -> date:
    """What was due before this day is late `on` that one: as `working_days_late`, for many at once."""
    return last_working(on, place)


def arbitrate_by(unowned_on: date, place: Place = Place.FRANCE, days: int = ARBITRATION_DAYS) -> date:
    """Ten days after nobody was found to own it, put off to the next working day."""
    return next_working(unowned_on + timedelta(days=days), place)


def judge_arbitration(
    unowned_on: date, arbitrated_on: date | None, on: date, place: Place = Place.FRANCE
) -> calendar.Judged:
    """Where the arbitration stands."""
    return calendar.judge(arbitrate_by(unowned_on, place), arbitrated_on, on)


def last_day_to_answer(declared_done_on: date, days: int = SILENCE_DAYS) -> date:
    """The last day on which whoever reported may still say that it is not done.

    >>> last_day_to_answer(date(2025, 2, 14))
    datetime.date(2025, 3, 1)
    """
    return declared_done_on + timedelta(days=days)


def judge_silence(
    declared_done_on: date, answered_on: date | None, on: date, days: int = SILENCE_DAYS
) -> Reason:
    """Whether silence may close it: fifteen whole days, and nobody answered since it was declared done."""
    last = last_day_to_answer(declared_done_on, days)
    params = {"since": declared_done_on, "last": last, "answered": answered_on}
    if answered_on is not None and answered_on >= declared_done_on:
        met, sentence = False, mark("Une réponse est venue le {answered} : le silence ne clôt plus rien.")
    elif on <= last:
        met, sentence = False, mark("Déclaré fait le {since} ; sans réponse, clos après le {last}.")
    else:
        met, sentence = True, mark("Déclaré fait le {since}, sans réponse jusqu’au {last} compris.")
    return Reason("silence", met, sentence, params, last, on)


def review_from(restored_on: date) -> date:
    """The day from which a walk is reviewed: six months after its public feedback."""
    return add_months(restored_on, REVIEW_MONTHS)
