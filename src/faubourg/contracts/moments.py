"""When a meeting takes place, in words: its day and its hours, or the day alone when no hour is known."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from .models import Meeting


def moment_of(meeting: Meeting) -> str:
    """« vendredi 15 mars 2024, de 9 h 30 à 11 h 00 », or the day alone."""
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    day = date_format(begins, "l jS F Y") if _french() else date_format(begins, "l, j F Y")
    if not meeting.hour_known:
        return day
    return gettext("%(day)s, de %(begins)s à %(ends)s") % {
        "day": day,
        "begins": date_format(begins, "TIME_FORMAT"),
        "ends": date_format(ends, "TIME_FORMAT"),
    }


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")
