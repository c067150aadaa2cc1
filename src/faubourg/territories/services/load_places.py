"""Régions, départements, EPCI, EPT, urban units and communes of COG 2026, with one point each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from faubourg.base.text import fold, sort_key
from faubourg.territories import pack
from faubourg.territories.data import records
from faubourg.territories.models import Alias, Territory

from .load_bulk import Written, attnames, bring
from .load_country import Country, pks
from .load_sources import Finding

Kind = Territory.Kind
FIELDS = (
    "name",
    "sort_key",
    "category",
    "zone",
    "headcount",
    *attnames(Territory, "region", "departement", "epci", "ept", "urban_unit"),
    "postal_codes",
    "lon",
    "lat",
    "point_basis",
)
# A person saved the sheet at least once: the next load leaves the row alone.
EDITED = Q(version__gt=1)


def bring_regions(country: Country) -> Written:
    everybody = country.residents("region")
    rows = (
        _place(
            Kind.REGION,
            region.code,
            region.name,
            zone=region.zone,
            headcount=everybody.get(region.code),
            **_seat(country, region.seat),
        )
        for region in pack.regions()
    )
    return _bring(Kind.REGION, rows)


def bring_departements(country: Country) -> Written:
    regions, everybody = pks(Kind.REGION), country.residents("departement")
    rows = (
        _place(
            Kind.DEPARTEMENT,
            departement.code,
            departement.name,
            zone=departement.zone,
            region_id=regions[departement.region],
            headcount=everybody.get(departement.code),
            **_seat(country, departement.seat),
        )
        for departement in pack.departements()
    )
    return _bring(Kind.DEPARTEMENT, rows)


def bring_epcis(country: Country) -> Written:
    """An EPCI stands in the département where most of its residents live, at its largest commune."""
    members = country.members("epci")
    upper = pks(Kind.REGION), pks(Kind.DEPARTEMENT)
    rows = (
        _group(
            _place(Kind.EPCI, epci.code, epci.name, category=epci.kind, headcount=epci.municipal_population),
            members[epci.code],
            *upper,
        )
        for epci in pack.epcis()
    )
    return _bring(Kind.EPCI, _placed(rows, members, country))


def bring_epts(country: Country) -> Written:
    members = country.members("ept")
    upper = pks(Kind.REGION), pks(Kind.DEPARTEMENT)
    rows = (
        _group(
            _place(Kind.EPT, ept.code, ept.name, category="EPT", headcount=ept.municipal_population),
            members[ept.code],
            *upper,
        )
        for ept in pack.epts()
    )
    return _bring(Kind.EPT, _placed(rows, members, country))


def bring_urban_units() -> Written:
    rows = (
        _place(Kind.URBAN_UNIT, unit.code, unit.name, headcount=unit.total_population)
        for unit in pack.urban_units()
    )
    return _bring(Kind.URBAN_UNIT, rows)


def bring_communes(country: Country) -> Written:
    """Communes of today, then the arrondissements of Paris, Lyon and Marseille as a category apart."""
    upper = {
        "region_id": pks(Kind.REGION),
        "departement_id": pks(Kind.DEPARTEMENT),
        "epci_id": pks(Kind.EPCI),
        "ept_id": pks(Kind.EPT),
        "urban_unit_id": pks(Kind.URBAN_UNIT),
    }
    kept = [*country.communes.values(), *country.districts]
    rows = (_commune(commune, country.points.get(commune.code), upper) for commune in kept)
    return _bring(Kind.COMMUNE, rows)


def bring_former_names(country: Country) -> Written:
    """The names of communes déléguées and associées lead to the commune of today."""
    communes = pks(Kind.COMMUNE)
    rows = [
        Alias(territory_id=communes[part.parent], name=part.name, source_id="decoupage-communes")
        for part in country.parts
        if fold(part.name) != fold(country.communes[part.parent].name)
    ]
    return bring_aliases(Kind.COMMUNE, rows)


def bring_aliases(kind: str, rows: Iterable[Alias]) -> Written:
    """Other names of places of one kind; a sheet that a person edited keeps the names they left."""
    theirs = set(Territory.objects.filter(EDITED, kind=kind).values_list("pk", flat=True))
    existing = Alias.objects.filter(territory__kind=kind)
    wanted = (row for row in rows if row.territory_id not in theirs)
    return bring(existing, wanted, key=("territory_id", "name"))


def commune_findings(country: Country) -> Iterator[Finding]:
    """Communes that the urban unit file of 2024 does not place under their code of 2026."""
    known = {unit.code for unit in pack.urban_units()}
    for commune in country.communes.values():
        if commune.outside_urban_units:
            continue
        if commune.urban_unit_from:
            text = f"{commune.name} n’est dans le fichier de 2024 que sous le code {commune.urban_unit_from}."
            yield "commune-sous-ancien-code", commune.code, text
        elif not commune.urban_unit and commune.zone != "com":
            text = (
                f"{commune.name} ne figure pas dans le fichier de 2024 : son unité urbaine n’est pas connue."
            )
            yield "commune-sans-unite-urbaine", commune.code, text
        elif commune.urban_unit and commune.urban_unit not in known:
            text = f"L’unité {commune.urban_unit} de {commune.name} n’a ni nom ni population publiés."
            yield "unite-urbaine-inconnue", commune.code, text


def point_findings(country: Country) -> Iterator[Finding]:
    """Communes with a priority neighbourhood that no gazetteer places."""
    wanted = {code for qpv in pack.qpv_2024() for code in qpv.communes}
    for code in sorted(wanted - country.points.keys()):
        yield (
            "commune-sans-point",
            code,
            f"{country.communes[code].name} n’a pas pu être placée sans doute sur la carte.",
        )


# --- rows ---------------------------------------------------------------------------------------------


def _bring(kind: str, rows: Iterable[Territory]) -> Written:
    existing = Territory.objects.filter(kind=kind)
    return bring(existing, rows, key=("kind", "code"), fields=FIELDS, frozen=EDITED)


def _place(kind: str, code: str, name: str, **values: Any) -> Territory:
    return Territory(kind=kind, code=code, name=name, sort_key=sort_key(name), **values)


def _seat(country: Country, code: str) -> dict[str, Any]:
    point = country.points.get(code)
    return {"lon": point.longitude, "lat": point.latitude, "point_basis": "seat"} if point else {}


def _group(
    place: Territory, members: list[records.Commune], regions: dict[str, int], departements: dict[str, int]
) -> Territory:
    """The département where most residents of the group live, and its région."""
    residents: Counter[str] = Counter()
    for commune in members:
        residents[commune.departement] += commune.municipal_population or 0
    departement = residents.most_common(1)[0][0]
    place.zone = members[0].zone
    place.departement_id = departements[departement]
    place.region_id = regions[next(c.region for c in members if c.departement == departement)]
    return place


def _placed(
    groups: Iterable[Territory], members: dict[str, list[records.Commune]], country: Country
) -> Iterator[Territory]:
    """Each group at its largest commune that has a point."""
    for group in groups:
        point = next((country.points[c.code] for c in members[group.code] if c.code in country.points), None)
        if point:
            group.lon, group.lat, group.point_basis = point.longitude, point.latitude, "commune"
        yield group


def _commune(
    commune: records.Commune, point: records.CommunePoint | None, upper: dict[str, dict[str, int]]
) -> Territory:
    actual = commune.kind == "actuelle"
    place = _place(
        Kind.COMMUNE,
        commune.code,
        commune.name,
        category=("com" if commune.zone == "com" else "") if actual else commune.kind,
        zone=commune.zone,
        headcount=commune.municipal_population,
        postal_codes=" ".join(commune.postal_codes)[:200],
        region_id=upper["region_id"].get(commune.region),
        departement_id=upper["departement_id"].get(commune.departement),
        epci_id=upper["epci_id"].get(commune.epci),
        ept_id=upper["ept_id"].get(commune.ept),
        urban_unit_id=upper["urban_unit_id"].get(commune.urban_unit),
    )
    if point:
        place.lon, place.lat, place.point_basis = point.longitude, point.latitude, point.basis
    return place
