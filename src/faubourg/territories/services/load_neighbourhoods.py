"""Neighbourhoods as rows: where they lie, their other names, their communes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from faubourg.base.text import sort_key
from faubourg.rules.names import readable
from faubourg.rules.verdict import mark
from faubourg.territories import pack
from faubourg.territories.data import records
from faubourg.territories.models import Alias, Perimeter, Territory

from .load_bulk import Written, attnames, bring
from .load_contours import bring_perimeters
from .load_country import pks
from .load_places import EDITED, bring_aliases

Kind = Territory.Kind
SOURCE_2024 = "qpv-2024"
DECREE_2023 = "Décret n° 2023-1314 du 28 décembre 2023"
HEXAGON_START, OVERSEAS_START = date(2024, 1, 1), date(2025, 1, 1)
OVERSEAS_NOTE = mark("Outre-mer : en vigueur au 1er janvier 2025 ; la source ne cite pas le texte.")
# `point_basis` of a point inside the neighbourhood's own contour.
OWN_CONTOUR = "contour"
FIELDS = (
    "name",
    "sort_key",
    "code_origin",
    "zone",
    "valid_from",
    "valid_to",
    "headcount",
    *attnames(Territory, "region", "departement", "epci", "ept", "urban_unit"),
    "lon",
    "lat",
    "point_basis",
)


@dataclass(slots=True)
class Quarter:
    """A neighbourhood to bring: `point` is (longitude, latitude, basis), its commune's when None."""

    code: str
    name: str
    communes: Sequence[str]
    other_names: Sequence[str] = ()
    code_origin: str = Territory.CodeOrigin.OFFICIAL
    valid_from: date | None = None
    valid_to: date | None = None
    headcount: int | None = None
    point: tuple[float, float, str] | None = None


def bring_quarters(source: str, quarters: Sequence[Quarter]) -> Written:
    """Rows, links to communes and other names of these neighbourhoods; edited sheets stay as they are."""
    wanted = {code for quarter in quarters for code in quarter.communes}
    communes = {place.code: place for place in Territory.objects.filter(kind=Kind.COMMUNE, code__in=wanted)}
    existing = Territory.objects.filter(kind=Kind.NEIGHBOURHOOD)
    own = _own_points()
    rows = (
        _keeping(_row(quarter, [communes[code] for code in quarter.communes]), own) for quarter in quarters
    )
    written = bring(existing, rows, key=("kind", "code"), fields=FIELDS, frozen=EDITED)
    return written + _bring_communes(quarters, communes) + bring_other_names(source, quarters)


def bring_other_names(source: str, quarters: Iterable[Quarter]) -> Written:
    """Other names under which a neighbourhood is looked for."""
    places = pks(Kind.NEIGHBOURHOOD)
    rows = [
        Alias(territory_id=places[quarter.code], name=name, source_id=source)
        for quarter in quarters
        for name in quarter.other_names
        if name != quarter.name
    ]
    return bring_aliases(Kind.NEIGHBOURHOOD, rows)


def bring_qpv_2024(points: dict[str, tuple[float, float, str]]) -> Written:
    """The list of 2024: rows, then one perimeter version each, in force but without contour.

    `points` gives a better point than the commune's where a contour of 2015 is known.
    """
    listed = list(pack.qpv_2024())
    quarters = [
        Quarter(
            code=qpv.code,
            name=readable(qpv.name),
            communes=qpv.communes,
            other_names=(qpv.name,),
            valid_from=_start(qpv) if qpv.evolution == "N" else None,
            point=points.get(qpv.code),
        )
        for qpv in listed
    ]
    written = bring_quarters(SOURCE_2024, quarters)
    places = pks(Kind.NEIGHBOURHOOD)
    perimeters = [
        Perimeter(
            territory_id=places[qpv.code],
            kind=Perimeter.Kind.QPV_2024,
            code=qpv.code,
            valid_from=_start(qpv),
            legal_reference=DECREE_2023 if qpv.hexagonal else "",
            source_id=SOURCE_2024,
            note="" if qpv.hexagonal else OVERSEAS_NOTE,
        )
        for qpv in listed
    ]
    return written + bring_perimeters(SOURCE_2024, Perimeter.Kind.QPV_2024, perimeters)


def _start(qpv: records.Qpv2024) -> date:
    return HEXAGON_START if qpv.hexagonal else OVERSEAS_START


def _row(quarter: Quarter, communes: list[Territory]) -> Territory:
    place = Territory(
        kind=Kind.NEIGHBOURHOOD,
        code=quarter.code,
        name=quarter.name,
        sort_key=sort_key(quarter.name),
        code_origin=quarter.code_origin,
        zone=communes[0].zone,
        valid_from=quarter.valid_from,
        valid_to=quarter.valid_to,
        headcount=quarter.headcount,
    )
    for upper in ("region_id", "departement_id", "epci_id", "ept_id", "urban_unit_id"):
        shared = {getattr(commune, upper) for commune in communes}
        # A neighbourhood across two groups belongs to neither rather than to one at random.
        setattr(place, upper, shared.pop() if len(shared) == 1 else None)
    place.departement_id = place.departement_id or communes[0].departement_id
    place.region_id = place.region_id or communes[0].region_id
    point = quarter.point or _commune_point(communes)
    if point:
        place.lon, place.lat, place.point_basis = point
    return place


def _own_points() -> dict[str, tuple[float | None, float | None]]:
    """Code → the point of the contour that a person drew."""
    drawn = Territory.objects.filter(kind=Kind.NEIGHBOURHOOD, point_basis=OWN_CONTOUR, lon__isnull=False)
    return {code: (lon, lat) for code, lon, lat in drawn.values_list("code", "lon", "lat")}


def _keeping(place: Territory, own: dict[str, tuple[float | None, float | None]]) -> Territory:
    """A commune's point never takes the place of a neighbourhood's own."""
    if place.point_basis in {"", "commune"} and place.code in own:
        (place.lon, place.lat), place.point_basis = own[place.code], OWN_CONTOUR
    return place


def _commune_point(communes: list[Territory]) -> tuple[float, float, str] | None:
    """The point of the most populated commune that has one."""
    for commune in sorted(communes, key=lambda c: -(c.headcount or 0)):
        if commune.lon is not None and commune.lat is not None:
            return commune.lon, commune.lat, "commune"
    return None


def _bring_communes(quarters: Sequence[Quarter], communes: dict[str, Territory]) -> Written:
    places = pks(Kind.NEIGHBOURHOOD)
    edited = set(Territory.objects.filter(EDITED, kind=Kind.NEIGHBOURHOOD).values_list("pk", flat=True))
    through = Territory.communes.through
    rows = [
        through(from_territory_id=places[quarter.code], to_territory_id=communes[code].pk)
        for quarter in quarters
        for code in quarter.communes
        if places[quarter.code] not in edited
    ]
    return bring(through.objects.all(), rows, key=("from_territory_id", "to_territory_id"))
