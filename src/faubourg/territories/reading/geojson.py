"""GeoJSON, from a file or pasted: a collection, a feature or a bare geometry."""

import json
from typing import Any

import numpy as np
from shapely import force_2d
from shapely.errors import ShapelyError
from shapely.geometry import shape

from faubourg.rules.verdict import mark

from .limits import unreadable
from .shapes import Feature, Layer, label_of

CRS84 = "OGC:CRS84"


def read(data: bytes) -> list[Layer]:
    """One layer; raises `Refused` with the line where the text stops being JSON."""
    found = parsed(data)
    features = list(_features(found))
    return [Layer("GeoJSON", crs_of(found), features)]


def parsed(data: bytes) -> Any:
    """The JSON of a file; raises `Refused` with the line where it stops being JSON."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise unreadable(
            "geojson-encoding", mark("Le GeoJSON doit être encodé en UTF-8 : enregistrez-le de nouveau.")
        ) from wrong
    except json.JSONDecodeError as wrong:
        raise unreadable(
            "geojson-syntax",
            mark(
                "Le texte n’est pas du GeoJSON : il s’interrompt à la ligne {line}, colonne "
                "{column}. Recopiez-le en entier."
            ),
            line=wrong.lineno,
            column=wrong.colno,
        ) from wrong
    except (ValueError, RecursionError) as wrong:  # too deep, or a number of thousands of figures
        raise _not_geojson() from wrong


def _not_geojson() -> Exception:
    return unreadable(
        "not-geojson",
        mark(
            "Ce fichier JSON n’est pas du GeoJSON : on y attend « FeatureCollection », « Feature » "
            "ou « Polygon »."
        ),
    )


def crs_of(found: Any) -> str:
    """The old `crs` member (GeoJSON 2008) when there is one; the norm says WGS 84 otherwise."""
    crs = found.get("crs") if isinstance(found, dict) else None
    name = (
        crs.get("properties", {}).get("name", "")
        if isinstance(crs, dict) and isinstance(crs.get("properties"), dict)
        else ""
    )
    code = str(name).rsplit(":", 1)[-1]
    return f"EPSG:{code}" if code.isdigit() else CRS84


def _features(found: Any) -> Any:
    if not isinstance(found, dict):
        raise _not_geojson()
    kind = found.get("type")
    if kind == "FeatureCollection":
        members = found.get("features")
    elif kind == "Feature":
        members = [found]
    elif "coordinates" in found or "geometries" in found:
        members = [{"geometry": found}]
    else:
        raise _not_geojson()
    if not isinstance(members, list):
        raise _not_geojson()
    for rank, member in enumerate(members, start=1):
        if isinstance(member, dict) and member.get("geometry"):
            attributes = member.get("properties")
            yield Feature(
                label_of(attributes if isinstance(attributes, dict) else {}, rank),
                _shape(member["geometry"], rank),
            )


def _shape(geometry: Any, rank: int) -> Any:
    try:
        with np.errstate(invalid="ignore"):
            return force_2d(shape(geometry))
    except (
        ShapelyError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as wrong:
        raise unreadable(
            "geojson-geometry",
            mark(
                "La forme n° {rank} est mal écrite (un contour a au moins trois points, chacun « "
                "[longitude, latitude] »)."
            ),
            rank=rank,
        ) from wrong
