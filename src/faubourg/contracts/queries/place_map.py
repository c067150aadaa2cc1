"""What a contract's small map is drawn from: contours when the data has them, otherwise points.

No perimeter is ever invented: a neighbourhood without contour is counted at the point of its commune.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faubourg.contracts.models import Contract
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


def place_map(
    contract: Contract,
    context: Territory | None,
    lines: "tuple[QuarterLine, ...]",
    central: Territory | None,
) -> PlaceMap:
    """Communes of the territory and neighbourhoods of the contract; two queries."""
    members = _members(context, lines, central)
    wanted = [place.pk for place in members] + [line.place.pk for line in lines]
    contours = _contours(wanted, PERIMETER_OF[Contract.Generation(contract.generation)])
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
    context: Territory | None, lines: "tuple[QuarterLine, ...]", central: Territory | None
) -> list[Territory]:
    """The communes of the territory, and those of the neighbourhoods that lie outside of it."""
    found: dict[int, Territory] = {}
    column = _COLUMN.get(Territory.Kind(context.kind)) if context else None
    if column:
        fields = ("kind", "code", "name", "lon", "lat")
        for place in Territory.objects.filter(kind=Territory.Kind.COMMUNE, **{column: context}).only(*fields):
            found[place.pk] = place
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


def _contours(wanted: list[int], quarter_kind: str) -> dict[int, tuple[Ring, ...]]:
    """Territory id → the rings of its contour; of a neighbourhood, only in the contract's own perimeter."""
    rows = (
        Perimeter.objects.filter(territory__in=wanted, withdrawn_at__isnull=True)
        .filter(kind__in=(Perimeter.Kind.ADMINISTRATIVE, quarter_kind))
        .exclude(outline="")
        .order_by("valid_from", "id")
        .values_list("territory", "outline")
    )
    return {territory: tuple(_rings(outline)) for territory, outline in rows}


def _rings(outline: str) -> Iterable[Ring]:
    geometry = json.loads(outline)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon
