"""Text and moments as they travel: nothing that XML forbids, dates of the W3C note with their zone."""

import re
from datetime import UTC, datetime, timedelta, timezone

from ..calls.moments import in_paris

# What XML 1.0 cannot hold, even escaped: control characters, halves of surrogate pairs, two non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?")
# A « + » that nobody escaped arrives as a space.
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+\- ]\d\d:\d\d)", re.ASCII
)
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def clean(text: str) -> str:
    """The same without what XML forbids; one way of ending lines."""
    return _NEWLINES.sub("\n", _FORBIDDEN.sub("", text))


def one_line(text: str) -> str:
    """Without line breaks either, blanks trimmed."""
    return " ".join(clean(text).split())


def read_moment(text: str) -> datetime | None:
    """An aware moment in UTC, or None for what is no date and time with its zone.

    >>> read_moment("1994-11-05T08:15:30-05:00")
    datetime.datetime(1994, 11, 5, 13, 15, 30, tzinfo=datetime.timezone.utc)
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    *numbers, fraction, zone = found.groups()
    try:
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        local = datetime(
            year, month, day, hour, minute, second, int((fraction or "0")[:6].ljust(6, "0")), _zone(zone)
        )
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if EARLIEST <= moment <= LATEST else None


def _zone(written: str) -> timezone:
    if written == "Z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[4:6])
    if minutes > 59:
        raise ValueError("an offset has less than sixty minutes")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def write_moment(at: datetime) -> str:
    """To the second, on the clock of Paris, with its offset. Raises ValueError for a naive moment.

    >>> write_moment(datetime(2025, 7, 14, 10, 0, tzinfo=UTC))
    '2025-07-14T12:00:00+02:00'
    """
    return in_paris(at).isoformat(timespec="seconds")
