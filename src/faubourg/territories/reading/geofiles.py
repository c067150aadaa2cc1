"""A file of contours, whatever its format: told by its content first, then by its name."""

import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pyogrio
import pyogrio.raw
import shapely

from faubourg.base.refusal import Refused
from faubourg.rules.verdict import mark

from . import geojson
from .archives import opened, unpacked
from .limits import check_size, unreadable
from .shapes import Feature, Layer, checked, label_of

MOST_LAYERS = 50
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
FORMATS = mark("Formats acceptés : GeoJSON, GeoPackage (.gpkg) ou shapefile dans un .zip.")


def read(data: bytes, name: str) -> list[Layer]:
    """The layers that hold areas, each with its shapes; raises `Refused` in one sentence."""
    check_size(len(data))
    return checked(_layers(data, PurePosixPath(name.lower()).suffix))


def _layers(data: bytes, suffix: str) -> list[Layer]:
    if data.startswith(b"SQLite format 3\0"):
        return _by_gdal({"couche.gpkg": data}, "couche.gpkg")
    if data.startswith(b"PK"):
        return _from_zip(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return geojson.read(data)
    if suffix in PARTS:
        raise unreadable(
            "shapefile-alone",
            mark(
                "Un shapefile se compose de plusieurs fichiers : mettez ensemble .shp, .shx, .dbf et "
                ".prj dans un .zip."
            ),
        )
    if suffix in {".json", ".geojson"}:
        return geojson.read(data)
    raise unreadable(
        "unknown-format",
        mark(
            "Ce fichier n’est pas lisible ici. Formats acceptés : GeoJSON, GeoPackage (.gpkg) ou "
            "shapefile dans un .zip."
        ),
    )


def _from_zip(data: bytes) -> list[Layer]:
    archive = opened(data)
    names = [name for name in archive.namelist() if not name.startswith("__MACOSX/")]
    shapefiles = [name for name in names if name.lower().endswith(".shp")]
    layers: list[Layer] = []
    for name in shapefiles[:MOST_LAYERS]:
        layers += _shapefile(archive, name, names)
    if shapefiles:
        return layers
    for name in names:
        if name.lower().endswith((".gpkg", ".geojson", ".json")):
            return _layers(unpacked(archive, name), PurePosixPath(name.lower()).suffix)
    raise unreadable(
        "zip-without-layer",
        mark("L’archive ne contient ni shapefile (.shp), ni GeoPackage (.gpkg), ni GeoJSON."),
    )


def _shapefile(archive: zipfile.ZipFile, name: str, names: list[str]) -> list[Layer]:
    stem = name[:-4].lower()
    parts = {
        f"couche{suffix}": unpacked(archive, other)
        for other in names
        for suffix in PARTS
        if other.lower() == stem + suffix
    }
    layers = _by_gdal(parts, "couche.shp")
    return [Layer(PurePosixPath(name).stem, layer.crs, layer.features) for layer in layers]


def _by_gdal(files: dict[str, bytes], main: str) -> list[Layer]:
    """Files put in a folder of their own under names of ours, read, and forgotten."""
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES", "OGR_ORGANIZE_POLYGONS": "DEFAULT"})
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        path = Path(folder) / main
        try:
            listed = [str(layer) for layer, kind in pyogrio.list_layers(path) if kind is not None]
            return [_layer(path, layer) for layer in listed[:MOST_LAYERS]]
        except Refused:
            raise
        except Exception as wrong:  # GDAL raises many kinds; each means that the file cannot be read
            raise unreadable(
                "broken-geofile",
                mark(
                    "Le fichier est abîmé ou incomplet : ouvrez-le dans votre logiciel de "
                    "cartographie et exportez-le de nouveau."
                ),
            ) from wrong


def _layer(path: Path, layer: str) -> Layer:
    # Ten times the vertices allowed would still be read; more features than this are not a neighbourhood.
    meta, _fids, geometries, columns = pyogrio.raw.read(
        path, layer=layer, force_2d=True, max_features=100_000
    )
    fields = [str(field) for field in meta["fields"]]
    shapes = shapely.from_wkb(geometries, on_invalid="fix") if geometries is not None else []
    features = [
        Feature(label_of(_attributes(fields, columns, row), row + 1), shape)
        for row, shape in enumerate(shapes)
        if shape is not None
    ]
    return Layer(layer, str(meta.get("crs") or ""), features)


def _attributes(fields: list[str], columns: Any, row: int) -> dict[str, object]:
    return {field: column[row] for field, column in zip(fields, columns, strict=False)}
