"""What happened to a place: its outlines through time, its names, its ancestors, what was corrected."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ..models import Alias, Correction, Lineage, LocalResource, Perimeter, Territory


def perimeters_of(territory: Territory) -> QuerySet[Perimeter]:
    """The perimeter versions that stand, the newest first; the exact contour is left in the database."""
    return (
        Perimeter.objects.filter(territory=territory, withdrawn_at__isnull=True)
        .select_related("source")
        .defer("wkb")
        .order_by("-valid_from", "-id")
    )


def aliases_of(territory: Territory) -> QuerySet[Alias]:
    """The other names, with the source of each."""
    return Alias.objects.filter(territory=territory).select_related("source").order_by("name")


def corrections_of(territory: Territory) -> QuerySet[Correction]:
    """What a source printed and what is held true instead."""
    return Correction.objects.filter(territory=territory).select_related("printed_in").order_by("subject")


def resources_of(territory: Territory) -> QuerySet[LocalResource]:
    """Equipment, services and associations, by kind and name."""
    return LocalResource.objects.filter(territory=territory).select_related("source")


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Where a place comes from and what took over from it."""

    origins: tuple[Lineage, ...]
    successions: tuple[Lineage, ...]

    def __bool__(self) -> bool:
        return bool(self.origins or self.successions)


def history_of(territory: Territory) -> Ancestry:
    """Predecessors and successors with the basis of each link, in one query."""
    links = (
        Lineage.objects.filter(Q(predecessor=territory) | Q(successor=territory))
        .select_related("predecessor", "successor", "source")
        .order_by("since", "id")
    )
    found = list(links)
    return Ancestry(
        origins=tuple(link for link in found if link.successor_id == territory.pk),
        successions=tuple(link for link in found if link.predecessor_id == territory.pk),
    )


def in_force(perimeters: list[Perimeter], on: date) -> list[Perimeter]:
    """The perimeter versions that stand on a day (the last day included)."""
    return [
        perimeter
        for perimeter in perimeters
        if (perimeter.valid_from is None or perimeter.valid_from <= on)
        and (perimeter.valid_to is None or perimeter.valid_to >= on)
    ]
