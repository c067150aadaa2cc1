"""An outline with fewer points: no point moves farther than asked, and what was valid stays valid."""

import math

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

# Metres in a degree of latitude; of longitude, times the cosine of the latitude.
DEGREE = 111_320.0

Floats = npt.NDArray[np.float64]


def lightened(shape: BaseGeometry, metres: float) -> BaseGeometry:
    """The surface without the points that are `metres` or less off the line; itself if nothing would be left.

    Small islands and holes stay: each keeps at least a triangle.
    """
    middle = (shape.bounds[1] + shape.bounds[3]) / 2
    scale = np.array([DEGREE * max(math.cos(math.radians(middle)), 0.01), DEGREE])
    flat = shapely.transform(shape, lambda points: points * scale)
    light = shapely.simplify(flat, metres, preserve_topology=True)
    if not shapely.is_valid(light):
        # Two parts that were apart may meet once lighter: together they are one surface.
        light = shapely.make_valid(light)
    kept = [part for part in shapely.get_parts(light) if part.geom_type == "Polygon" and part.area > 0]
    if not kept:
        return shape
    whole = kept[0] if len(kept) == 1 else shapely.union_all(kept)
    back = shapely.transform(whole, lambda points: points / scale)
    return back if shapely.is_valid(back) else shape
