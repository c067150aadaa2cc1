"""News that wait for somebody’s hands: letters, calls, and what a service refused."""

from ..models import Area, News

MOST_SHOWN = 300
_BY_HAND = (News.State.TO_PRINT, News.State.TO_CALL, News.State.FAILED)


def by_hand(area: Area) -> list[News]:
    """The oldest first; one query."""
    found = News.objects.filter(area=area, state__in=_BY_HAND).select_related("ticket")
    return list(found.order_by("pk")[:MOST_SHOWN])
