"""Contours in a file: its layers, their shapes as they stand, and the coordinates they announce."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from faubourg.base.numbers import number
from faubourg.rules.verdict import mark

from .limits import MOST_VERTICES, unreadable


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape; `label` is the value that most looks like its name."""

    label: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Layer:
    """`crs` as the file says it (« EPSG:2154 », WKT), empty when it says nothing."""

    name: str
    crs: str
    features: list[Feature] = field(default_factory=list)


LABELS = (
    "nom",
    "name",
    "nom_qp",
    "lib_qp",
    "libelle",
    "label",
    "nom_quartier",
    "quartier",
    "nom_com",
    "code_qp",
    "code",
    "id",
)


def label_of(attributes: dict[str, object], rank: int) -> str:
    """What a person would call this shape; its rank (from 1) when the file gives no name."""
    folded = {key.lower(): value for key, value in attributes.items()}
    for key in LABELS:
        if (value := folded.get(key)) not in (None, ""):
            return str(value)[:80]
    return f"n° {rank}"


def checked(layers: list[Layer]) -> list[Layer]:
    """The layers that hold areas; raises `Refused` saying why when none does or when they are too heavy."""
    shapes = [feature.shape for layer in layers for feature in layer.features if feature.shape is not None]
    if not any(not shape.is_empty for shape in shapes):
        raise unreadable(
            "no-shape",
            mark("Le fichier ne contient aucune forme : vérifiez que la bonne couche a été exportée."),
        )
    vertices = int(shapely.get_num_coordinates(np.array(shapes, dtype=object)).sum())
    if vertices > MOST_VERTICES:
        raise unreadable(
            "too-many-vertices",
            mark(
                "Le fichier compte {count} points ; la limite est d’un million. Simplifiez le "
                "contour ou n’exportez que le quartier."
            ),
            count=number(vertices),
        )
    areal = [
        Layer(layer.name, layer.crs, [feature for feature in layer.features if _has_area(feature.shape)])
        for layer in layers
    ]
    kept = [layer for layer in areal if layer.features]
    if not kept:
        raise unreadable(
            "no-area",
            mark(
                "Le fichier ne contient que des points ou des lignes : un périmètre est une surface "
                "(polygone)."
            ),
        )
    for layer in kept:
        for feature in layer.features:
            _check_finite(feature)
    return kept


def _has_area(shape: BaseGeometry | None) -> bool:
    if shape is None or shape.is_empty:
        return False
    return any(part.geom_type == "Polygon" for part in parts_of(shape))


def parts_of(shape: BaseGeometry) -> list[BaseGeometry]:
    """The simple shapes a shape is made of, collections within collections opened."""
    if not hasattr(shape, "geoms"):
        return [shape]
    return [part for inner in shape.geoms for part in parts_of(inner)]


def _check_finite(feature: Feature) -> None:
    if not np.isfinite(shapely.get_coordinates(feature.shape)).all():
        raise unreadable(
            "not-finite",
            mark(
                "Le contour « {label} » a des coordonnées qui ne sont pas des nombres (NaN ou "
                "infini) : refaites l’export."
            ),
            label=feature.label,
        )
