"""What lasts from a first day to a last one, both included: a role, a seat, a membership."""

from datetime import date

from django.db.models import Q
from django.utils import timezone


def lasts_on(on: date | None = None, of: str = "") -> Q:
    """Of rows with `since` and `until` (none: it still lasts), those that hold that day, today in Paris if
    none is given.

    `of` leads to them from elsewhere: `lasts_on(day, "referents__")`, in the same `filter` as what else is
    asked of them.
    """
    day = on or timezone.localdate()
    open_ended, not_over = Q(**{f"{of}until__isnull": True}), Q(**{f"{of}until__gte": day})
    return Q(**{f"{of}since__lte": day}) & (open_ended | not_over)
