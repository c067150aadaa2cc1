"""The exact shape of a perimeter version, read from the database."""

import shapely
from shapely.geometry.base import BaseGeometry

from ..models import Perimeter


def shape_of(perimeter: Perimeter) -> BaseGeometry:
    """WGS 84; empty when the version has no contour."""
    return shapely.from_wkb(bytes(perimeter.wkb)) if perimeter.wkb else shapely.Polygon()
