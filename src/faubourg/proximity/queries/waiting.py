"""What waits on a clock: silence after what was declared done, lateness of whoever has to act."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Min, QuerySet
from django.utils import timezone

from ..models import Area, News, Ticket
from .late import is_late, with_arbitration

_PART = 200


def waiting_since(on: date) -> Iterator[Ticket]:
    """Declared done for so long that silence may close it, area by area; judged again under the lock."""
    shortest = Area.objects.aggregate(least=Min("silence_days"))["least"]
    if shortest is None:
        return
    before = timezone.make_aware(datetime.combine(on - timedelta(days=shortest), time.min))
    found = Ticket.objects.filter(state="declared_done", declared_done_at__lt=before).select_related(
        "area", "category", "partner"
    )
    yield from found.order_by("pk").iterator(chunk_size=_PART)


def late_on(on: date) -> QuerySet[Ticket]:
    """Late that day in any area, as `late.awaited_on` asks."""
    found = with_arbitration(Ticket.objects.filter(is_late(on)))
    return found.select_related("area", "category", "partner").order_by("due_on", "pk")


def told_already(late: "QuerySet[Ticket]") -> set[str]:
    """The causes of what was already told of these reports; one query."""
    found = News.objects.filter(ticket__in=late.order_by().values("pk"), cause__startswith="late:")
    return set(found.values_list("cause", flat=True))
