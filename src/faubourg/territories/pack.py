"""Readers of the open data that Faubourg ships, for whoever loads or checks a territory.

No framework here: each function reads one compressed file of `faubourg.territories.data` and yields
frozen records; `data/records.py` says what each field holds. Codes are text and keep their leading
zeros. A figure that the source does not publish is `None`, never zero. A population says which one it
is: `municipal` counts each resident once, `total` adds people counted apart (students, residents of
institutions) and must not be summed.
Where each file comes from, under which licence and what to beware of: `provenance()`.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from faubourg.territories.data.records import (
    Commune,
    CommuneContour,
    CommunePoint,
    Contract,
    Departement,
    Epci,
    Ept,
    EptMember,
    Grant,
    IndicatorDefinition,
    PackedFile,
    Qpv2024,
    QpvContour,
    QpvIndicators,
    Region,
    Source,
    UrbanUnit,
)


def regions() -> Iterator[Region]:
    """The 26 regions and assimilated territories of COG 2026."""
    return (Region(**row) for row in _rows("regions"))


def departements() -> Iterator[Departement]:
    """The 109 départements and assimilated territories of COG 2026."""
    return (Departement(**row) for row in _rows("departements"))


def communes() -> Iterator[Commune]:
    """The communes of COG 2026, then under the same code the parts of communes; 37,590 in all."""
    for row in _rows("communes"):
        yield Commune(
            row["code"],
            row["name"],
            row["kind"],
            row["departement"],
            row["region"],
            row["zone"],
            row["siren"],
            row["parent"],
            _codes(row["postal_codes"]),
            _codes(row["former_codes"]),
            _whole(row["municipal_population"]),
            row["epci"],
            _whole(row["epci_municipal_population"]),
            _whole(row["epci_total_population"]),
            row["ept"],
            row["urban_unit"],
            row["urban_unit_from"],
        )


def epcis() -> Iterator[Epci]:
    """The 1,255 EPCI with their own taxation, with Filosofi 2021 and RPLS 2024 figures."""
    text = ("code", "name", "kind", "financing")
    for row in _rows("epci"):
        rate = row.pop("poverty_rate_pct_2021")
        values = {key: value if key in text else _whole(value) for key, value in row.items()}
        yield Epci(**values, poverty_rate_pct_2021=_decimal(rate))  # type: ignore[arg-type]


def epts() -> Iterator[Ept]:
    """The eleven EPT of Greater Paris."""
    for row in _rows("ept"):
        yield Ept(
            row["code"],
            row["name"],
            int(row["municipal_population"]),
            int(row["total_population"]),
            int(row["communes"]),
        )


def ept_members() -> Iterator[EptMember]:
    """The communes of the EPT, with the populations of the EPT file (not those of the EPCI file)."""
    for row in _rows("ept_members"):
        yield EptMember(
            row["ept"], row["commune"], int(row["municipal_population"]), int(row["total_population"])
        )


def urban_units() -> Iterator[UrbanUnit]:
    """The 2,409 urban units of 2020 whose total population is known, all of them in the hexagon."""
    for row in _rows("urban_units"):
        yield UrbanUnit(row["code"], row["name"], int(row["total_population"]))


def qpv_2024() -> Iterator[Qpv2024]:
    """The 1,493 neighbourhoods of 2024 of the list, by code."""
    for row in _rows("qpv_2024"):
        yield Qpv2024(
            row["code"],
            row["name"],
            _codes(row["communes"]),
            row["departement"],
            row["hexagonal"] == "1",
            row["evolution"],
        )


def grants() -> Iterator[Grant]:
    """The 10,365 rows of posts of adultes-relais: 5,416 of 2023, 4,949 of 2024."""
    for row in _rows("grants"):
        yield Grant(
            int(row["year"]),
            row["post"],
            int(row["rank"]),
            row["siret"],
            row["beneficiary"],
            int(row["cents"]),
            row["contract"],
            row["departement"],
        )


def contracts() -> Iterator[Contract]:
    """The 434 rows of the 2015-2023 contracts, then the 448 rows of the 2024-2030 ones."""
    for row in _rows("contracts"):
        yield Contract(
            row["generation"],
            int(row["rank"]),
            row["code"],
            row["name"],
            row["bearer"],
            row["departement"],
            _whole(row["qpv_population"]),
            _decimal(row["longitude"]),
            _decimal(row["latitude"]),
            row["point_note"],
        )


def qpv_2015_contours() -> Iterator[QpvContour]:
    """The 131 contours of 2015 at hand: 105 in Occitanie, 26 around Lille. All valid."""
    return (QpvContour(**record) for record in _records("qpv_2015_contours"))


def qpv_2015_indicators() -> Iterator[QpvIndicators]:
    """The indicators of the 105 neighbourhoods of Occitanie; `indicator_definitions` says what they are."""
    for row in _rows("qpv_2015_indicators"):
        code, name, label = row.pop("code_qp"), row.pop("nom_qp"), row.pop("nom_commune")
        yield QpvIndicators(code, name, label, {key: _number(value) for key, value in row.items()})


def indicator_definitions() -> Iterator[IndicatorDefinition]:
    """What each column of the indicators means, in the source's own words."""
    return (IndicatorDefinition(**row) for row in _rows("qpv_2015_dictionary"))


def commune_contours() -> Iterator[CommuneContour]:
    """The contours of 2018 of the communes of départements 42, 59 and 63. All valid."""
    return (CommuneContour(**record) for record in _records("commune_contours"))


def commune_points() -> Iterator[CommunePoint]:
    """One point for each commune that could be placed without doubt."""
    for row in _rows("commune_points"):
        yield CommunePoint(
            row["code"],
            float(row["longitude"]),
            float(row["latitude"]),
            row["basis"],
            row["matched_name"],
        )


@cache
def provenance() -> tuple[PackedFile, ...]:
    """Every packed file with its sources, in the order of the « Sources » page."""
    said = tomllib.loads(_content("provenance.toml").decode())
    sources = {s["id"]: Source(**{**s, "beware": tuple(s["beware"])}) for s in said["source"]}
    return tuple(
        PackedFile(
            **{
                **file,
                "sources": tuple(sources[identifier] for identifier in file["sources"]),
                "beware": tuple(file["beware"]),
            }
        )
        for file in said["file"]
    )


def _content(name: str) -> bytes:
    return files("faubourg.territories.data").joinpath(name).read_bytes()


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = lzma.decompress(_content(f"{name}.csv.xz")).decode()
    return csv.DictReader(io.StringIO(text, newline=""))


def _records(name: str) -> Iterator[dict[str, Any]]:
    text = lzma.decompress(_content(f"{name}.jsonl.xz")).decode()
    return (json.loads(line) for line in text.split("\n") if line)


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def _decimal(cell: str) -> float | None:
    return float(cell) if cell else None


def _number(cell: str) -> float | int | None:
    return float(cell) if "." in cell else _whole(cell)
