"""News that wait for somebody’s hands: letters, calls, and what a service refused."""

from django.db.models import QuerySet

from ..models import Area, News

_BY_HAND = (News.State.TO_PRINT, News.State.TO_CALL, News.State.FAILED)


def by_hand(area: Area) -> QuerySet[News]:
    """Of one area, each with its report."""
    return News.objects.filter(area=area, state__in=_BY_HAND).select_related("ticket")
