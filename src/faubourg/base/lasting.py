"""What lasts from a first day to a last one, both included: a role, a seat, a membership."""

from datetime import date

from django.db.models import Q


def lasts_on(day: date, of: str = "") -> Q:
    """Of rows with `since` and `until` (none: it still lasts), those that hold that day.

    `of` leads to them from elsewhere: `lasts_on(day, "referents__")`, in the same `filter` as what else is
    asked of them.
    """
    open_ended, not_over = Q(**{f"{of}until__isnull": True}), Q(**{f"{of}until__gte": day})
    return Q(**{f"{of}since__lte": day}) & (open_ended | not_over)
