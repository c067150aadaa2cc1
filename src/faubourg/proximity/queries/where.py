"""Places that somebody without a map may choose: points with a code, neighbourhoods, the town as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from faubourg.base.numbers import whole_number
from faubourg.base.text import fold
from faubourg.base.together import together
from faubourg.rules.proximity.places import Point, distance_m
from faubourg.territories.geo.contours import contours_last_read
from faubourg.territories.models import Territory

from ..models import Area, Category, Spot, Translation
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


@dataclass(frozen=True, slots=True)
class Meant:
    """What the codes of a form mean in an area, which comes with its territory and its own words."""

    area: Area
    category: Category | None
    where: Candidate | None


def meant(code: str, category: str, place: str, language: str) -> Meant | None:
    """The area of this code, with the category and the place that are offered there under theirs; None
    without such an area. One query. `place` is the value of a `Candidate`.
    """
    kind, _, key = place.partition(":")
    found = together(
        areas=Area.objects.filter(code=code),
        territories=Territory.objects.filter(proximity_area__code=code),
        categories=Category.objects.filter(area__code=code, code=category, active=True),
        words=Translation.objects.filter(area__code=code, language=language),
        **_places_of(code, kind, key),
    )
    if not found["areas"]:
        return None
    area: Area = found["areas"][0]
    area.territory = found["territories"][0]
    area.__dict__["own_words"] = {language: found["words"]}
    for one in (*found["categories"], *found.get("spots", ())):
        one.area = area
    where = [*map(_at_spot, found.get("spots", ())), *_in_quarters(found.get("quarters", ()))]
    if kind == "town":
        where = _town(area)
    return Meant(area, next(iter(found["categories"]), None), next(iter(where), None))


def _places_of(code: str, kind: str, key: str) -> "dict[str, QuerySet[Any]]":
    if kind == "spot":
        return {"spots": Spot.objects.filter(area__code=code, key=key, active=True)}
    if kind == "quarter":
        here = Q(communes__proximity_area__code=code) | Q(epci__proximity_area__code=code)
        inside = _quarters_of_today().filter(here, pk=whole_number(key))
        return {"quarters": Territory.objects.filter(pk__in=inside.values("pk"))}
    return {}


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
    found = _quarters_of_today().filter(inside).distinct().order_by("sort_key")[:100]
    return _in_quarters(found)


def _quarters_of_today() -> "QuerySet[Territory]":
    return Territory.objects.filter(
        kind=Territory.Kind.NEIGHBOURHOOD, lon__isnull=False, valid_to__isnull=True
    )


def _in_quarters(found: Iterable[Territory]) -> list[Candidate]:
    """Half the diagonal of the contour says how far the place may be, when there is one."""
    reach = {}
    for contour in contours_last_read().contours:
        if contour.territory_kind == Territory.Kind.NEIGHBOURHOOD:
            west, south, east, north = contour.geometry.bounds
            reach[contour.territory] = round(distance_m(Point(west, south), Point(east, north)) / 2)
    return [
        Candidate(
            f"quarter:{one.pk}",
            "quarter",
            one.name,
            one.lon or 0,
            one.lat or 0,
            reach.get(one.pk, _QUARTER_M),
        )
        for one in found
    ]


def _town(area: Area) -> list[Candidate]:
    place = area.territory
    if place.lon is None or place.lat is None:
        return []
    return [Candidate("town", "town", area.name, place.lon, place.lat, _TOWN_M)]
