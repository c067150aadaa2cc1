"""Places that somebody without a map may choose: points with a code, neighbourhoods, the town as a whole."""

from dataclasses import dataclass

from django.db.models import Q

from faubourg.base.text import fold
from faubourg.rules.proximity.places import Point, distance_m
from faubourg.territories.geo.contours import contour_index
from faubourg.territories.models import Territory

from ..models import Area, Spot
from .areas import areas

MOST_SHOWN = 8
_SPOT_M, _QUARTER_M, _TOWN_M = 15, 500, 3_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place to choose; `value` comes back from the form, `kind` is « spot », « quarter » or « town »."""

    value: str
    kind: str
    name: str
    lon: float
    lat: float
    accuracy_m: int
    spot: Spot | None = None


def candidates(area: Area, words: str = "") -> list[Candidate]:
    """Those whose name has one of the words first, then the others; the town comes last. Two queries."""
    wanted = {word for word in fold(words).split() if len(word) > 2}
    found = [*_spots(area), *_quarters(area)]
    found.sort(key=lambda one: (-len(wanted & set(fold(one.name).split())), one.kind, fold(one.name)))
    named = [one for one in found if wanted & set(fold(one.name).split())]
    return [*(named or found)[:MOST_SHOWN], *_town(area)]


def candidate(area: Area, value: str) -> Candidate | None:
    """The one that a form sends back."""
    kind, _, key = value.partition(":")
    if kind == "spot":
        spot = area.spots.filter(key=key, active=True).first()
        return _at_spot(spot) if spot else None
    if kind == "quarter" and key.isdigit() and len(key) < 12:
        return next((one for one in _quarters(area) if one.value == value), None)
    return next(iter(_town(area)), None) if kind == "town" else None


def spot_by_key(key: str) -> Spot | None:
    """The place of a printed code, taken down or not."""
    return Spot.objects.select_related("area").filter(key=key).first()


def areas_meant(words: str) -> list[Area]:
    """The open areas that these words may mean: a name, a postal code, a neighbourhood."""
    found = list(areas().filter(open=True))
    wanted = fold(words)
    if not wanted:
        return found
    held = Territory.objects.filter(Q(sort_key__startswith=wanted) | Q(postal_codes__contains=wanted))
    places = set(held.values_list("pk", flat=True)[:200])
    around = set(
        Territory.objects.filter(pk__in=places).exclude(communes=None).values_list("communes", flat=True)
    )
    return [area for area in found if wanted in fold(area.name) or area.territory_id in places | around]


def areas_near(lon: float, lat: float) -> list[Area]:
    """Those that take reports, the nearest first."""
    here = Point(lon, lat)

    def metres(area: Area) -> float:
        place = area.territory
        return distance_m(Point(place.lon or 0, place.lat or 0), here) if place.lon is not None else 1e9

    return sorted(areas().filter(open=True), key=metres)


def _spots(area: Area) -> list[Candidate]:
    return [_at_spot(spot) for spot in area.spots.filter(active=True)[:200]]


def _at_spot(spot: Spot) -> Candidate:
    return Candidate(f"spot:{spot.key}", "spot", spot.name, spot.lon, spot.lat, _SPOT_M, spot)


def _quarters(area: Area) -> list[Candidate]:
    place = area.territory
    inside = Q(communes=place) if place.kind == Territory.Kind.COMMUNE else Q(epci=place)
    quarters = Territory.objects.filter(inside, kind=Territory.Kind.NEIGHBOURHOOD, lon__isnull=False)
    reach = _reaches()
    return [
        Candidate(
            f"quarter:{one.pk}",
            "quarter",
            one.name,
            one.lon or 0,
            one.lat or 0,
            reach.get(one.pk, _QUARTER_M),
        )
        for one in quarters.filter(valid_to=None).distinct().order_by("sort_key")[:100]
    ]


def _reaches() -> dict[int, int]:
    """Half the diagonal of each neighbourhood that has a contour, in metres, by its id."""
    found = {}
    for contour in contour_index().contours:
        if contour.territory_kind == Territory.Kind.NEIGHBOURHOOD:
            west, south, east, north = contour.geometry.bounds
            found[contour.territory] = round(distance_m(Point(west, south), Point(east, north)) / 2)
    return found


def _town(area: Area) -> list[Candidate]:
    place = area.territory
    if place.lon is None or place.lat is None:
        return []
    return [Candidate("town", "town", area.name, place.lon, place.lat, _TOWN_M)]
