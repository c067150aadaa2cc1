"""The conventions of an area, GUP and TFPB together: signed ones for everybody."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from faubourg.contracts.models import Convention

from ..access.tfpb import PUBLIC
from ..models import Area


def conventions_of(area: Area, *, drafts: bool, landlords: Collection[int] = ()) -> QuerySet[Convention]:
    """One row each; `drafts`: those not signed too; `landlords`: whose own drafts are read."""
    found = Convention.objects.filter(Q(gup__area=area) | Q(tfpb__area=area))
    found = found.select_related("gup", "tfpb__landlord")
    if drafts:
        return found
    signed = Q(gup__isnull=False) & ~Q(state=Convention.State.DRAFT)
    return found.filter(signed | Q(tfpb__state__in=PUBLIC) | Q(tfpb__landlord__in=list(landlords)))
