"""The map of the hive: projects by place, gathered where places are too near to be told apart at a zoom.

A project of two places is counted in each, and once in a group that holds both.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from faubourg.territories.geo import Cluster, clusters_of
from faubourg.territories.geo.frames import DEEPEST, Box
from faubourg.territories.models import Territory

from ..models import Application

METROPOLITAN: Box = (-5.2, 41.3, 9.6, 51.1)
# Around a single place, in degrees; how many places a group names.
AROUND, MOST_MEMBERS = 0.02, 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that has a point, with the keys of its projects."""

    place: Territory
    projects: frozenset[int]


def spots_of(queryset: "QuerySet[Application]", box: Box | None = None) -> list[Spot]:
    """The places of these projects, the most projects first; in `box` (degrees) only when it is given.

    Two queries, a row a project and place.
    """
    west, south, east, north = box or (-180.0, -90.0, 180.0, 90.0)
    pairs = (
        Application.territories.through.objects.filter(application__in=queryset.order_by().values("pk"))
        .filter(territory__lon__range=(west, east), territory__lat__range=(south, north))
        .values_list("application", "territory")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for project, place in pairs:
        found[place].add(project)
    places = (
        Territory.objects.filter(pk__in=found)
        .only("code", "name", "kind", "lon", "lat", "point_basis")
        .order_by("sort_key", "code")
    )
    spots = [Spot(place, frozenset(found[place.pk])) for place in places]
    return sorted(spots, key=lambda spot: -len(spot.projects))


def frame_of(spots: Sequence[Spot]) -> Box:
    """West, south, east, north of what is shown, with some air; the country when nothing is."""
    if not spots:
        return METROPOLITAN
    lon, lat = _lon(spots), _lat(spots)
    return (
        float(lon.min()) - AROUND, float(lat.min()) - AROUND,
        float(lon.max()) + AROUND, float(lat.max()) + AROUND,
    )  # fmt: skip


def features(spots: Sequence[Spot], zoom: int) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of points with how many `projects` each has.

    `place` names a place alone, `bounds` (degrees) say where a group comes apart, `members` names the places
    of one point, which no zoom parts.
    """
    groups = clusters_of(_lon(spots), _lat(spots), zoom)
    return {
        "type": "FeatureCollection",
        "features": [_feature(group, [spots[rank] for rank in group.members], zoom) for group in groups],
    }


def _feature(group: Cluster, held: list[Spot], zoom: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "projects": len(frozenset[int]().union(*(spot.projects for spot in held))),
        "places": len(held),
    }
    if len(held) == 1:
        said |= {"place": _said(held[0]), "basis": held[0].place.point_basis}
    elif group.is_pile or zoom >= DEEPEST:
        said["members"] = [_said(spot) for spot in held[:MOST_MEMBERS]]
    else:
        said["bounds"] = [round(edge, 4) for edge in group.box]
    point = [round(group.lon, 5), round(group.lat, 5)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": said}


def _said(spot: Spot) -> dict[str, Any]:
    place = spot.place
    return {
        "code": place.code,
        "name": place.name,
        "projects": len(spot.projects),
        "url": place.get_absolute_url(),
    }


def _lon(spots: Sequence[Spot]) -> Any:
    return np.array([spot.place.lon for spot in spots], dtype=float)


def _lat(spots: Sequence[Spot]) -> Any:
    return np.array([spot.place.lat for spot in spots], dtype=float)
