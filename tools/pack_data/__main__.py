"""Packs the open data that Faubourg ships: `python -m tools.pack_data FOLDER`, for whoever refreshes it.

FOLDER holds the raw files that `reading.RAW` names (qpv/, territories/, grid/); the packages come through the
ordinary clients. Same input, same bytes: rows are sorted, nothing is dated. The prose of
`provenance.toml` is written by hand; only its sums and counts are rewritten here.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from .contours import commune_contours, qpv_contours
from .points import commune_points
from .reading import Row, read_raw
from .tables import (
    communes,
    contracts,
    departements,
    dictionary,
    epcis,
    ept_members,
    epts,
    grants,
    indicators,
    qpv_2024,
    regions,
    urban_units,
)
from .writing import TARGET, as_csv, as_json_lines, record, write


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
        "grants": grants(raw),
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


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
