"""What a contract's small map is drawn from: contours when the data has them, otherwise points.

No perimeter is ever invented: a neighbourhood without contour is counted at the point of its commune.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, FilteredRelation, Q

from faubourg.contracts.models import Contract, ContractNeighbourhood
from faubourg.territories.models import Perimeter, Territory

from .figures import PERIMETER_OF

if TYPE_CHECKING:
    from .sheet import QuarterLine

Ring = list[list[float]]
_COLUMN = {Territory.Kind.EPCI: "epci", Territory.Kind.EPT: "ept"}


@dataclass(frozen=True, slots=True)
class Outline:
    """One contour in degrees (WGS 84). `number` is that of the neighbourhood's line, 0 for a commune."""

    name: str
    rings: tuple[Ring, ...]
    number: int = 0
    concerned: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune as a point, with how many neighbourhoods without contour it holds."""

    name: str
    lon: float
    lat: float
    quarters: int = 0
    central: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """`communes` and `quarters` are contours, `spots` their points, `own` the contract's own."""

    communes: tuple[Outline, ...] = ()
    quarters: tuple[Outline, ...] = ()
    spots: tuple[Spot, ...] = ()
    own: tuple[float, float] | None = None

    @property
    def empty(self) -> bool:
        """True when there is nothing to draw."""
        return not (self.communes or self.quarters or self.spots or self.own)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a contract lies: the communes of its EPCI or EPT, and outlines (GeoJSON) by territory id."""

    communes: tuple[Territory, ...]
    outlines: dict[int, str]


def ground_of(
    contract: Contract, context: Territory | None, links: Iterable[ContractNeighbourhood]
) -> Ground:
    """One query; a neighbourhood is outlined in the contract's own perimeter only, the newest version."""
    column = _COLUMN.get(Territory.Kind(context.kind)) if context else None
    inside = Q(kind=Territory.Kind.COMMUNE, **{column: context}) if column else Q(pk__in=[])
    named = {place.pk for link in links for place in (link.neighbourhood, *link.neighbourhood.communes.all())}
    if context and not column:
        named.add(context.pk)
    kinds = (Perimeter.Kind.ADMINISTRATIVE, PERIMETER_OF[Contract.Generation(contract.generation)])
    standing = Q(perimeters__withdrawn_at__isnull=True, perimeters__kind__in=kinds)
    rows = (
        Territory.objects.filter(inside | Q(pk__in=named))
        .only("kind", "code", "name", "lon", "lat", "headcount", *([column] if column else []))
        .annotate(drawn=FilteredRelation("perimeters", condition=standing))
        .annotate(outline=F("drawn__outline"))
        .order_by("drawn__valid_from", "drawn__id")
    )
    communes: dict[int, Territory] = {}
    outlines: dict[int, str] = {}
    for place in rows:
        inside_it = column and context and getattr(place, f"{column}_id") == context.pk
        if inside_it and place.kind == Territory.Kind.COMMUNE:
            communes[place.pk] = place
        if place.outline:
            outlines[place.pk] = place.outline
    return Ground(tuple(communes.values()), outlines)


def place_map(
    contract: Contract,
    ground: Ground,
    context: Territory | None,
    lines: "tuple[QuarterLine, ...]",
    central: Territory | None,
) -> PlaceMap:
    """Communes of the territory and neighbourhoods of the contract."""
    members = _members(ground, context, lines, central)
    contours = {pk: tuple(_rings(outline)) for pk, outline in ground.outlines.items()}
    quarters = tuple(
        Outline(line.place.name, contours[line.place.pk], line.number)
        for line in lines
        if line.place.pk in contours
    )
    concerned = {commune.pk for line in lines for commune in line.communes}
    pointed = Counter(
        line.communes[0].pk for line in lines if line.communes and line.place.pk not in contours
    )
    communes = tuple(
        Outline(place.name, contours[place.pk], concerned=place.pk in concerned)
        for place in members
        if place.pk in contours
    )
    spots = tuple(
        Spot(
            place.name,
            place.lon,
            place.lat,
            pointed[place.pk],
            central is not None and place.pk == central.pk,
        )
        for place in members
        if place.lon is not None and place.lat is not None
    )
    own = (contract.lon, contract.lat) if contract.lon is not None and contract.lat is not None else None
    return PlaceMap(communes=communes, quarters=quarters, spots=spots, own=own)


def _members(
    ground: Ground, context: Territory | None, lines: "tuple[QuarterLine, ...]", central: Territory | None
) -> list[Territory]:
    """The communes of the territory, and those of the neighbourhoods that lie outside of it."""
    found = {place.pk: place for place in ground.communes}
    for place in _named(context, lines, central):
        found.setdefault(place.pk, place)
    return list(found.values())


def _named(
    context: Territory | None, lines: "tuple[QuarterLine, ...]", central: Territory | None
) -> Iterable[Territory]:
    yield from (commune for line in lines for commune in line.communes)
    for place in (central, context):
        if place and place.kind == Territory.Kind.COMMUNE:
            yield place


def _rings(outline: str) -> Iterable[Ring]:
    geometry = json.loads(outline)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon
