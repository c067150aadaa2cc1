"""Who answers for a partner on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from faubourg.base.lasting import lasts_on

from ..models import Partner, Referent


def referents_of(partner: Partner, on: date | None = None) -> QuerySet[Referent]:
    """Those in post, of the partner or of one that answers for it."""
    of_it = Q(partner=partner) | Q(partner__answers_for=partner)
    return Referent.objects.filter(of_it, lasts_on(on)).select_related("person").distinct()


def has_referent(partner: Partner, on: date | None = None) -> bool:
    """Whether somebody answers: a report is never attributed to an absent person."""
    return referents_of(partner, on).exists()
