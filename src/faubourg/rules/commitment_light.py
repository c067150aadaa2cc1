"""The light of a commitment: kept, late, soon due, on course, undated or given up. Computed, never typed."""

from dataclasses import dataclass
from datetime import date, timedelta

KEPT, KEPT_LATE, LATE, SOON, ON_COURSE, UNDATED, DROPPED = (
    "kept",
    "kept_late",
    "late",
    "soon",
    "on_course",
    "undated",
    "dropped",
)
# A quarter ahead: the time between two technical committees.
SOON_DAYS = 90


@dataclass(frozen=True, slots=True)
class Light:
    """`days`: how late when late, how many are left when due; None without a date."""

    state: str
    days: int | None = None


def light(*, due_on: date | None, kept_on: date | None, dropped_on: date | None, today: date) -> Light:
    """What the dates say on a day; the due day itself is in time."""
    if dropped_on:
        return Light(DROPPED)
    if kept_on:
        late = (kept_on - due_on).days if due_on else 0
        return Light(KEPT_LATE, late) if late > 0 else Light(KEPT)
    if due_on is None:
        return Light(UNDATED)
    left = (due_on - today).days
    if left < 0:
        return Light(LATE, -left)
    return Light(SOON if today + timedelta(days=SOON_DAYS) >= due_on else ON_COURSE, left)
