"""What a phone takes along on a walk: the walks it may prepare, and all that one of them needs offline."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person

from ..access.areas import RUNNERS, can_run_area
from ..models import Area, AreaSeat, Category, Observation, Walk, WalkGuest
from .areas import areas

# A walk leaves the list of those to prepare some weeks after its day; what is on a phone stays there.
DAYS_AFTER = 45
MOST_WALKS = 40


def notebook_walk(pk: int) -> Walk | None:
    """One walk with what its rights and its notebook ask."""
    found = Walk.objects.select_related("grid", "area__territory__departement", "area__territory__epci")
    return found.select_related("area__territory__region").filter(pk=pk).first()


def walk_of_key(key: str) -> WalkGuest | None:
    """The guest that this key names, if they take notes."""
    found = WalkGuest.objects.select_related("walk__grid", "walk__area")
    return found.filter(key=key, takes_notes=True).first() if key else None


def noted(client_id: UUID) -> Observation | None:
    """The observation that a phone named so."""
    found = Observation.objects.select_related("walk__area__territory")
    return found.filter(client_id=client_id).first()


def walks_to_note(person: Visitor, at: datetime) -> QuerySet[Walk]:
    """The walks on which this person takes notes, the nearest day first; those of the areas that they run
    included."""
    if not isinstance(person, Person):
        return Walk.objects.none()
    since = at - timedelta(days=DAYS_AFTER)
    asked = Q(guests__person=person, guests__takes_notes=True)
    mine = asked | Q(area__in=_areas_run_by(person))
    found = Walk.objects.filter(mine).filter(Q(starts_at__isnull=True) | Q(starts_at__gte=since))
    return found.distinct().order_by("starts_at", "pk")[:MOST_WALKS]


def _areas_run_by(person: Person) -> list[Area]:
    """Asked one by one only of somebody who runs something."""
    seated = AreaSeat.objects.filter(person=person, task=AreaSeat.Task.COORDINATOR).exists()
    if not seated and not holds(person, RUNNERS, None):
        return []
    candidates = areas().filter(walks__isnull=False).distinct()
    return [area for area in candidates if can_run_area(person, area).ok is True]


def prepared(walk: Walk) -> dict[str, Any]:
    """All that the notebook shows of a walk without network; `grid` as `rules.proximity.grids` writes it."""
    return {
        **named(walk),
        "area": walk.area.name,
        "meeting_point": walk.meeting_point,
        "negotiable": walk.negotiable,
        "not_negotiable": walk.not_negotiable,
        "allowed": walk.allowed,
        "route": walk.route,
        "route_words": walk.route_words,
        "grid": walk.grid.content if walk.grid else None,
        "stops": list(walk.stops.values("id", "order", "name", "words", "lon", "lat")),
        "themes": [{"code": code, "name": str(label)} for code, label in Category.Theme.choices],
    }


def named(walk: Walk) -> dict[str, Any]:
    """What the list of walks shows."""
    return {
        "id": walk.pk,
        "title": walk.title,
        "kind": str(walk.get_kind_display()),
        "starts_at": walk.starts_at.isoformat() if walk.starts_at else None,
    }
