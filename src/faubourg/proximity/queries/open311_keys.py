"""The keys of an area with what each filed."""

from datetime import datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ..models import ApiKey, Area


def keys_of(area: Area, at: datetime) -> QuerySet[ApiKey]:
    """Those in service first; `filed_ever` and `filed_today` count reports. One query."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    return area.api_keys.annotate(
        filed_ever=Count("filed"), filed_today=Count("filed", filter=Q(filed__filed_at__gte=midnight))
    ).order_by("revoked_at", "label", "pk")
