"""One point for each commune that can be placed without doubt, by the best basis at hand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from .reading import Raw, Row, csv_rows

COUNTRY_TO_DEPARTEMENT = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
# The name under which the gazetteer still knows a commune that was renamed or merged, each one looked up.
GAZETTEER_NAMES = {
    "50129": "Cherbourg",
    "59183": "Dunkirk",
    "91228": "Évry",
    "93070": "Saint-Ouen",
    "95218": "Éragny",
    "97801": "Marigot",
}
Place = tuple[float, float, str]  # longitude, latitude, name as printed
Places = dict[tuple[str, str], list[Place]]  # (département, folded name) -> places


def commune_points(raw: Raw, tables: Mapping[str, list[Row]]) -> list[Row]:
    """One point for each commune that can be placed without doubt, by the best basis at hand."""
    actual = [c for c in tables["communes"] if c["kind"] == "actuelle"]
    bases = (
        ("contour", representative_points(tables["commune_contours"], "code")),
        ("gazetteer", by_name(actual, gazetteer(raw), lambda c: c["name"])),
        ("gazetteer_other_name", by_name(actual, gazetteer(raw), other_name(tables["communes"]))),
        ("gazetteer_2015", by_name(actual, older_gazetteer(raw), lambda c: c["name"])),
        ("contract", bearers(tables["contracts"])),
        ("qpv_2015_contour", representative_points(tables["qpv_2015_contours"], "commune")),
    )
    rows = []
    for commune in actual:
        for basis, points in bases:
            if commune["code"] in points:
                longitude, latitude, name = points[commune["code"]]
                rows.append(
                    {
                        "code": commune["code"],
                        "longitude": round(longitude, 5),
                        "latitude": round(latitude, 5),
                        "basis": basis,
                        "matched_name": name if fold(name) != fold(commune["name"]) else "",
                    }
                )
                break
    return rows


def fold(name: str) -> str:
    """A name as it is compared: no accent, ligature, hyphen or leading article; Saint written in full."""
    text = name.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    text = re.sub(r"\bst\b", "saint", re.sub(r"\bste\b", "sainte", text))
    return re.sub(r"^(le|la|les|l) ", "", text)


def gazetteer(raw: Raw) -> Places:
    places: Places = defaultdict(list)
    for p in json.loads(raw["geonames"]):
        departement = p["admin2"] if p["country"] == "FR" else COUNTRY_TO_DEPARTEMENT.get(p["country"])
        if departement:
            places[departement, fold(p["name"])].append((float(p["lng"]), float(p["lat"]), p["name"]))
    return places


def older_gazetteer(raw: Raw) -> Places:
    """The 2015 edition, which names the département instead of giving its code."""
    codes = {fold(d["nom"]): d["code"] for d in json.loads(raw["decoupage-departements"])}
    places: Places = defaultdict(list)
    for p in csv_rows(raw["geonames-2015"]):
        named = fold(re.sub(r"^Departement (de la|de l'|du|des|de|d')\s*", "", p["admin2"]))
        departement = codes.get(named) if p["cc"] == "FR" else None
        if departement:
            places[departement, fold(p["name"])].append((float(p["lon"]), float(p["lat"]), p["name"]))
    return places


def representative_points(contours: list[Row], key: str) -> dict[str, Place]:
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    names = {}
    for row in contours:
        shapes[row[key]].append(shape(row["geometry"]))
        names[row[key]] = row["name"]
    inside = {code: shapely.union_all(parts).representative_point() for code, parts in shapes.items() if code}
    return {code: (point.x, point.y, names[code]) for code, point in inside.items()}


def by_name(actual: list[Row], places: Places, name: Any) -> dict[str, Place]:
    """Matches by name and département; a name that two communes or two places bear matches nothing."""
    keyed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for commune in actual:
        if name(commune):
            keyed[commune["departement"], fold(name(commune))].append(commune["code"])
    return {
        codes[0]: places[key][0]
        for key, codes in keyed.items()
        if len(codes) == 1 and len(places.get(key, ())) == 1
    }


def other_name(listed: list[Row]) -> Any:
    """The name of the déléguée that bears the commune's own code: its seat before the merger."""
    seats = {c["code"]: c["name"] for c in listed if c["kind"] == "deleguee" and c["parent"] == c["code"]}
    return lambda commune: GAZETTEER_NAMES.get(commune["code"]) or seats.get(commune["code"])


def bearers(listed: list[Row]) -> dict[str, Place]:
    """A contract borne by a commune alone is placed by its source in that commune."""
    return {
        c["bearer"]: (c["longitude"], c["latitude"], c["name"])
        for c in listed
        if len(c["bearer"]) == 5 and c["longitude"] is not None
    }
