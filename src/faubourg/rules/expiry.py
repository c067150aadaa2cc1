"""No gap: what ends is announced twelve, six and three months before, unless something takes over in time.

Months are those of the calendar: three months before 31 May is the last day of February. A cover counts when
it begins no later than the day after the end and lasts longer.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NOTICES = (12, 6, 3)
UPDATE_MONTHS = 36  # a contract is brought up to date every three years if the parties agree
BRIDGE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Cover:
    """What takes over: first and last day, both included; no last day: it goes on."""

    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Alert:
    """`notice`: 12, 6 or 3 months, the shortest that is reached; 0 once it has ended.

    `days` are those left, negative afterwards; `gap` the days that nothing covers when something follows too
    late, None when nothing follows at all.
    """

    notice: int
    days: int
    gap: int | None = None


def add_months(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), or the last one of a shorter month."""
    rank = day.year * 12 + day.month - 1 + months
    year, month = divmod(rank, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def alert(ends_on: date | None, on: date, covers: Iterable[Cover] = ()) -> Alert | None:
    """Whether an end is to be announced that day: None while it is far, unknown or covered."""
    if ends_on is None or on < add_months(ends_on, -NOTICES[0]):
        return None
    later = [cover for cover in covers if _outlasts(cover, ends_on)]
    starts = [cover.starts_on for cover in later if cover.starts_on is not None]
    if len(starts) < len(later) or any(start <= ends_on + timedelta(days=1) for start in starts):
        return None
    notice = 0 if on > ends_on else min(n for n in NOTICES if on >= add_months(ends_on, -n))
    gap = (min(starts) - ends_on).days - 1 if starts else None
    return Alert(notice, (ends_on - on).days, gap)


def update_due(in_force_on: date | None, updated_on: date | None) -> date | None:
    """The day from which the parties may bring the contract up to date: three years after the last time."""
    first = max((day for day in (in_force_on, updated_on) if day), default=None)
    return add_months(first, UPDATE_MONTHS) if first else None


def vacant(holder: str, starts_on: date | None, ends_on: date | None, on: date) -> bool:
    """Whether nobody holds a post that day, first and last day included."""
    if not holder.strip():
        return True
    return bool((starts_on and on < starts_on) or (ends_on and ends_on < on))


def _outlasts(cover: Cover, ends_on: date) -> bool:
    return cover.ends_on is None or cover.ends_on > ends_on
