"""Reads of walks: the lists, one walk with all that hangs on it, what looks like one, what is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from faubourg.rules.proximity.likeness import Note, merges
from faubourg.rules.proximity.places import Point
from faubourg.rules.verdict import Reason
from faubourg.territories.models import Territory

from ..access.walks import PUBLIC
from ..models import Area, Observation, Photo, Proposal, Walk, WalkGuest

# A review is announced a month before it is due.
ANNOUNCED = timedelta(days=30)
_AREA = ("area__territory__departement", "area__territory__epci", "area__territory__region")


@dataclass(frozen=True, slots=True)
class Alike:
    """Observations that look like one, the one to keep first, and why."""

    rows: list[Observation]
    reasons: tuple[Reason, ...]


def walks_of(area: Area, *, public: bool) -> QuerySet[Walk]:
    """The walks of an area; `public`: only those that were restored. One query, whatever hangs on them."""
    found = Walk.objects.filter(area=area).select_related("area", "neighbourhood")
    if public:
        shown = Q(observations__public=True, observations__merged_into__isnull=True)
        found = found.filter(state__in=PUBLIC)
    else:
        shown = Q(observations__merged_into__isnull=True)
    seen = Count("observations", filter=shown, distinct=True)
    return found.annotate(seen=seen, asked=Count("proposals", distinct=True))


def walk_by_pk(pk: int) -> Walk | None:
    """One walk, with what its rights ask."""
    found = Walk.objects.select_related(*_AREA, "grid", "contract", "neighbourhood")
    return found.prefetch_related("area__contracts").filter(pk=pk).first()


def guest_by_key(key: str) -> WalkGuest | None:
    """The invitation that a key opens."""
    found = WalkGuest.objects.select_related("walk__area__territory", "walk__grid", "walk__neighbourhood")
    return found.filter(key=key).first()


def guest_by_pk(pk: int) -> WalkGuest | None:
    """One invitation, for who prepares the walk."""
    return WalkGuest.objects.select_related("walk").filter(pk=pk).first()


def observations_of(walk: Walk) -> QuerySet[Observation]:
    """Everything that was noted, merged ones included, with what stands beside it."""
    found = walk.observations.select_related("walk__grid", "stop", "ticket", "merged_into")
    return found.annotate(also=Count("merged", distinct=True), pictures=Count("photos", distinct=True))


def standing_observations(walk: Walk) -> QuerySet[Observation]:
    """One for each thing seen: those that were not gathered under another."""
    found = observations_of(walk).filter(merged_into__isnull=True)
    photos = Prefetch(
        "photos", Photo.objects.filter(purged_on__isnull=True).order_by("pk"), to_attr="shown_photos"
    )
    asked = Prefetch("proposals", Proposal.objects.order_by("pk"), to_attr="asked")
    merged = Prefetch("merged", Observation.objects.order_by("pk"), to_attr="gathered")
    return found.prefetch_related(photos, asked, merged).order_by("stop__order", "seen_at", "pk")


def public_observations(walk: Walk) -> QuerySet[Observation]:
    """What everybody may read, with its validated pictures alone."""
    validated = Photo.objects.filter(
        validated_at__isnull=False, redacted__isnull=False, purged_on__isnull=True
    )
    photos = Prefetch("photos", validated.order_by("pk"), to_attr="shown_photos")
    found = walk.observations.filter(public=True, merged_into__isnull=True).exclude(public_text="")
    found = found.select_related("walk__grid", "stop", "ticket").prefetch_related(photos)
    return found.order_by("stop__order", "seen_at", "pk")


def observation_by_pk(pk: int) -> Observation | None:
    """One observation, with what the rights of its walk ask."""
    walk = [f"walk__{name}" for name in _AREA]
    found = Observation.objects.select_related(*walk, "walk__grid", "stop", "merged_into", "ticket")
    return found.prefetch_related("walk__area__contracts").filter(pk=pk).first()


def proposals_of(walk: Walk) -> QuerySet[Proposal]:
    """What the group asks for, the most wanted first."""
    return (
        walk.proposals.select_related("action__contract")
        .prefetch_related("observations")
        .order_by("-voices", "pk")
    )


def proposal_by_pk(pk: int) -> Proposal | None:
    """One proposal, with what the rights of its walk ask."""
    walk = [f"walk__{name}" for name in _AREA]
    found = Proposal.objects.select_related(*walk, "walk__contract", "action")
    return found.prefetch_related("walk__area__contracts").filter(pk=pk).first()


def alike(walk: Walk) -> list[Alike]:
    """What several note-takers may have seen at the same place: suggested, never done."""
    rows = {
        str(row.pk): row
        for row in observations_of(walk).filter(merged_into__isnull=True, lon__isnull=False).order_by("pk")
    }
    notes = [
        Note(
            key,
            str(row.taken_by or row.taken_by_name),
            row.criterion,
            row.nature,
            Point(row.lon or 0.0, row.lat or 0.0),
            float(row.accuracy_m or 0),
        )
        for key, row in rows.items()
    ]
    return [Alike([rows[key] for key in found.keys], found.reasons) for found in merges(notes)]


def neighbourhoods_of(area: Area) -> QuerySet[Territory]:
    """The neighbourhoods that a walk of this area may go through."""
    place = area.territory
    inside = Q(communes=place) if place.kind == Territory.Kind.COMMUNE else Q(communes__epci=place)
    found = Territory.objects.filter(inside, kind=Territory.Kind.NEIGHBOURHOOD)
    return found.distinct().order_by("sort_key", "code")


def reviews_due(on: date) -> QuerySet[Walk]:
    """Walks whose review is due within a month, or was."""
    found = Walk.objects.filter(state__in=("restored", "followed"), review_due_on__lte=on + ANNOUNCED)
    return found.order_by("review_due_on", "pk")
