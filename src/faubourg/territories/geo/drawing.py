"""A contour as a map of one zoom needs it: no detail smaller than a pixel, few decimals."""

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

# Below, a neighbourhood is a point; beyond, screens show no more detail than the sources hold.
LOWEST, HIGHEST = 11, 15
_TILE = 256


def pixel(zoom: int) -> float:
    """Width of one pixel in degrees of longitude."""
    return 360.0 / (_TILE * 2**zoom)


def drawn(geometry: BaseGeometry, zoom: int, *, pixels: float = 1.0) -> dict[str, object]:
    """GeoJSON geometry simplified to so many pixels of this zoom; never emptied, 10 m then 1 m decimals."""
    band = min(max(zoom, LOWEST), HIGHEST)
    light = shapely.simplify(geometry, pixels * pixel(band), preserve_topology=True)
    if light.is_empty:
        light = geometry
    said = mapping(light)
    return {"type": said["type"], "coordinates": _rounded(said["coordinates"], 4 if band < 14 else 5)}


def _rounded(part: object, decimals: int) -> object:
    if isinstance(part, float | int):
        return round(float(part), decimals)
    assert isinstance(part, tuple | list)
    return [_rounded(inner, decimals) for inner in part]
