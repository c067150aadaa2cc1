"""Landlords of an area side by side, with all that their rows compute."""

from django.db.models import Prefetch, QuerySet

from ..models import Area, TfpbLine, TfpbYear
from .tfpb import lines_with_proof


def years_of(area: Area) -> QuerySet[TfpbYear]:
    """One row a landlord and a year, its lines and their proof read with it."""
    return (
        TfpbYear.objects.filter(agreement__area=area)
        .select_related("agreement__landlord", "agreement__convention")
        .prefetch_related(Prefetch("lines", lines_with_proof()))
    )


def lines_of(area: Area) -> QuerySet[TfpbLine]:
    """One row an action and a year."""
    found = lines_with_proof().filter(action__agreement__area=area)
    return found.select_related("year__agreement__landlord", "action").prefetch_related(
        "action__neighbourhoods"
    )
