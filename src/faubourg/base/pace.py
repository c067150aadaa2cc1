"""The pace of what comes without an account, shared by every process through the database.

    if one_more(f"alerts:{address}")[0] > 40:
        ...

Nobody's address is kept: a digest under the installation's key, another one each hour, erased after it.
"""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Pace

HOUR = 3600
_ONE_MORE = (
    "INSERT INTO base_pace (key, count, until) VALUES {rows} "
    "ON CONFLICT (key) DO UPDATE SET count = base_pace.count + 1 RETURNING key, count"
)


def one_more(*whats: str) -> list[int]:
    """Count one more of each within this hour of the clock; how many that makes of each. One query."""
    hour = _hour()
    until = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp((hour + 1) * HOUR, UTC))
    keys = [_key(hour, what) for what in whats]
    # In one order: two processes that count the same wait for each other, never both.
    ordered = sorted(set(keys))
    told = [value for key in ordered for value in (key, 1, until)]
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MORE.format(rows=", ".join(["(%s, %s, %s)"] * len(ordered))), told)
        counts = dict(cursor.fetchall())
    return [counts[key] for key in keys]


def one_less(what: str) -> None:
    """Take back what was counted within this hour: it was refused for another reason; one query."""
    Pace.objects.filter(key=_key(_hour(), what), count__gt=0).update(count=F("count") - 1)


def _hour() -> int:
    return int(timezone.now().timestamp()) // HOUR


def _key(hour: int, what: str) -> str:
    return salted_hmac("faubourg.pace", f"{hour}:{what}", algorithm="sha256").hexdigest()


def forget(now: datetime) -> int:
    """Erase the counts of the hours that are over; how many went."""
    return Pace.objects.filter(until__lt=now).delete()[0]
