"""Photographs: one with what its rights ask, those that wait for somebody to look at them."""

from django.db.models import Q, QuerySet

from ..models import Area, Photo

_AREAS = ("ticket__area__territory", "observation__walk__area__territory")
_OVER = ("departement", "epci", "region")


def photo_by_pk(pk: int) -> Photo | None:
    """One photograph; None for an unknown number."""
    related = [f"{area}__{over}" for area in _AREAS for over in _OVER]
    return (
        Photo.objects.select_related(
            "document", "redacted", "ticket__category", "observation__walk", *related
        )
        .prefetch_related("ticket__area__contracts", "observation__walk__area__contracts")
        .filter(pk=pk)
        .first()
    )


def of_area(area: Area) -> "QuerySet[Photo]":
    """Every photograph of an area that is still kept."""
    here = Q(ticket__area=area) | Q(observation__walk__area=area)
    return Photo.objects.filter(here, document__isnull=False)


def to_look_at(area: Area) -> "QuerySet[Photo]":
    """Those that nobody looked at yet, the oldest first."""
    waiting = of_area(area).filter(validated_at=None)
    return waiting.select_related("ticket__category", "observation__walk").order_by("pk")
