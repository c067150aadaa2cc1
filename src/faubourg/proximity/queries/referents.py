"""Who answers for a partner on a day."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import Partner, Referent


def in_post(on: date | None = None) -> Q:
    """Referents whose post has begun and has not ended, that day included."""
    day = on or timezone.localdate()
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def referents_of(partner: Partner, on: date | None = None) -> QuerySet[Referent]:
    """Those in post, of the partner or of one that answers for it."""
    of_it = Q(partner=partner) | Q(partner__answers_for=partner)
    return Referent.objects.filter(of_it, in_post(on)).select_related("person").distinct()


def has_referent(partner: Partner, on: date | None = None) -> bool:
    """Whether somebody answers: a report is never attributed to an absent person."""
    return referents_of(partner, on).exists()
