"""Contours: valid, rounded without breaking, written with the shortest decimals that say the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyogrio
import shapely
from pyproj import Transformer
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from .reading import Raw, Row, clean, features

CONTOUR_DEPARTEMENTS = ("42", "59", "63")


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
