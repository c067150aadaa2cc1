"""The tables of the pack: regions down to communes, neighbourhoods of 2024, contracts of both generations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from .reading import Raw, Record, Row, clean, csv_rows, features

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
INSET_NOTE = "Le point publié tombe dans un cartouche dessiné à côté de l’hexagone : il est écarté."
NO_POINT_NOTE = "La source ne donne ni nom ni point."


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


def grants(raw: Raw) -> list[Row]:
    """The posts of adultes-relais paid by the State, two years; `rank` tells the rows of one post apart."""
    rows = []
    for year in (2023, 2024):
        seen: dict[str, int] = defaultdict(int)
        printed = json.loads(raw[f"adultes-relais-{year}"], parse_float=Decimal)
        for row in sorted(printed, key=lambda r: (r["id_poste"], r.get("code_cv", ""), r["code_tiers"])):
            seen[row["id_poste"]] += 1
            rows.append(
                {
                    "year": row["annee"],
                    "post": row["id_poste"],
                    "rank": seen[row["id_poste"]],
                    "siret": row["code_tiers"],
                    "beneficiary": clean(row["raison_sociale"]),
                    "cents": int(row["montant"] * 100),
                    "contract": row.get("code_cv", ""),
                    "departement": row.get("insee_dep", ""),
                }
            )
    return rows
