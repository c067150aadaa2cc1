"""Contours as they are stored: exact WKB, a light outline for maps, a bounding box, what was repaired."""

import json
from collections import defaultdict

import shapely
from django.db.models import Q
from shapely.geometry import mapping, shape

from faubourg.rules.verdict import mark
from faubourg.territories import pack
from faubourg.territories.data import records
from faubourg.territories.models import Perimeter, Territory

from .load_bulk import Written, bring
from .load_country import Country, pks
from .load_sources import Finding, bring_findings

# 0.0002° is some twenty metres: enough for a map of the whole town.
OUTLINE_TOLERANCE = 0.0002
DECIMALS = 5
CONTOUR_FIELDS = ("wkb", "outline", "west", "south", "east", "north", "repaired")
FIELDS = ("valid_from", "valid_to", "legal_reference", "note", *CONTOUR_FIELDS)
KEY = ("territory_id", "kind", "code", "source_id")
DEPARTEMENTS = ("42", "59", "63")
BY_A_PERSON = Q(added_by__isnull=False) | Q(withdrawn_at__isnull=False)


def drawn(perimeter: Perimeter, geometry: records.GeoJSON, repair_reason: str) -> Perimeter:
    """`perimeter` with its contour; `repair_reason` is GEOS's, shortened to its kind."""
    contour = shape(geometry)
    light = shapely.set_precision(contour.simplify(OUTLINE_TOLERANCE, preserve_topology=True), 10**-DECIMALS)
    perimeter.wkb = shapely.to_wkb(contour)
    perimeter.outline = json.dumps(mapping(light if not light.is_empty else contour), separators=(",", ":"))
    perimeter.west, perimeter.south, perimeter.east, perimeter.north = contour.bounds
    perimeter.repaired = f"Le contour publié se recoupait ({repair_reason})." if repair_reason else ""
    return perimeter


def bring_perimeters(source: str, kind: str, rows: list[Perimeter]) -> Written:
    """The perimeters of one kind from one source; one that a person drew or withdrew stays."""
    existing = Perimeter.objects.filter(source_id=source, kind=kind)
    return bring(existing, rows, key=KEY, fields=FIELDS, frozen=BY_A_PERSON)


def bring_commune_contours(country: Country, departement: str) -> Written:
    """The communes of one département in 2018, those that have merged since noted or left out."""
    source = f"contours-communes-{departement}"
    places = pks(Territory.Kind.COMMUNE)
    rows: list[Perimeter] = []
    findings: list[Finding] = []
    merged = {code: today for code, today in country.absorbed.items() if code != today}
    contours = [c for c in pack.commune_contours() if c.departement == departement]
    names = {contour.code: contour.name for contour in contours}
    joined: dict[str, list[str]] = defaultdict(list)
    for old, today in merged.items():
        if old in names:
            joined[today].append(names[old])
    for contour in contours:
        if not contour.current:
            absorbing = merged.get(contour.code)
            into = country.communes[absorbing].name if absorbing else "une autre commune"
            text = f"{contour.name} fait aujourd’hui partie de {into} : son contour de 2018 n’est pas repris."
            findings.append(("commune-fusionnee", contour.code, text))
            continue
        perimeter = Perimeter(
            territory_id=places[contour.code],
            kind=Perimeter.Kind.ADMINISTRATIVE,
            code=contour.code,
            source_id=source,
            note=_note(joined[contour.code]),
        )
        rows.append(drawn(perimeter, contour.geometry, contour.repair_reason))
        if contour.repair_reason:
            findings.append(repair_finding(contour.code, contour.name, contour.repair_reason))
    written = bring_perimeters(source, Perimeter.Kind.ADMINISTRATIVE, rows)
    return written + bring_findings(source, findings)


def repair_finding(code: str, name: str, reason: str) -> Finding:
    """That a contour had to be repaired, and why."""
    return "contour-repare", code, f"Le contour de {name} se recoupait : il est réparé ({reason})."


def _note(joined: list[str]) -> str:
    return (
        f"Contour de 2018, avant la réunion avec {', '.join(joined)}." if joined else mark("Contour de 2018.")
    )
