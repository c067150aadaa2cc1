"""Whether a contour lies where its place is known: a swapped sheet or a wrong town is seen before writing."""

from django.db.models import Max, Min

from faubourg.base.numbers import number
from faubourg.rules.verdict import Reason, mark

from ..models import Perimeter, Territory
from ..reading.contour import Contour, kilometres_between

Kind = Territory.Kind
# How far from its known point the middle of a contour may lie, in km, before a person must confirm.
FARTHEST = {Kind.NEIGHBOURHOOD: 10, Kind.COMMUNE: 15, Kind.EPCI: 60, Kind.EPT: 30}
# A contour may pass its commune's drawn limit by a kilometre or so, in degrees.
_SLACK = 0.015


def far_from(place: Territory, contour: Contour) -> Reason | None:
    """A warning when the contour leaves its commune or lies far from the place's point; None otherwise."""
    communes = list(place.communes.all()) if place.kind == Kind.NEIGHBOURHOOD else [place]
    if leaves := _leaves(communes, contour):
        return leaves
    middle = contour.shape.representative_point()
    points = [(p.lon, p.lat) for p in (*communes, place) if p.lon is not None and p.lat is not None]
    distances = [kilometres_between((middle.x, middle.y), point) for point in points]
    if not distances or min(distances) <= FARTHEST.get(Kind(place.kind), 60):
        return None
    return _warn(
        "far-away",
        mark(
            "Ce contour est à {distance} km de l’endroit où {place} est situé aujourd’hui : est-ce le bon ?"
        ),
        place,
        distance=number(min(distances), 0),
    )


def _leaves(communes: list[Territory], contour: Contour) -> Reason | None:
    known = Perimeter.objects.filter(
        territory__in=communes, kind=Perimeter.Kind.ADMINISTRATIVE, withdrawn_at__isnull=True
    ).exclude(west=None)
    box = known.aggregate(west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"))
    if box["west"] is None:
        return None
    west, south, east, north = contour.shape.bounds
    apart = (
        west > box["east"] + _SLACK
        or east < box["west"] - _SLACK
        or south > box["north"] + _SLACK
        or north < box["south"] - _SLACK
    )
    if not apart:
        return None
    return _warn("outside-commune", mark("Ce contour tombe hors de {place} : est-ce le bon ?"), communes[0])


def _warn(code: str, template: str, place: Territory, **params: object) -> Reason:
    return Reason(code, met=None, template=template, params={"place": place.name, **params}, decides=False)
