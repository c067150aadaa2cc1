"""What the map shows in one frame: contours, clusters and landmarks as GeoJSON, and the list beside it."""

import math
from dataclasses import dataclass, replace
from typing import Any

from faubourg.territories.geo import Cluster, Contour, ContourIndex, contour_index
from faubourg.territories.geo.frames import Box, wider
from faubourg.territories.models import Perimeter

from .map_points import CONTRACTS, PERIMETERS, QUARTERS, Points, Spot, points

COMMUNES = "communes"
LAYERS = (QUARTERS, CONTRACTS, COMMUNES)
# From this zoom on a contour says more than a point.
CONTOUR_ZOOM = 11
MOST_LISTED, MOST_MEMBERS, MOST_LANDMARKS = 60, 40, 14
_LANDMARK_GAP = 90
FEW_CONTOURS = 120


@dataclass(frozen=True, slots=True)
class Frame:
    """What is looked at: west, south, east, north in degrees, zoom 0 to 19, layers, generation."""

    box: Box
    zoom: int
    layers: frozenset[str]
    generation: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list beside the map."""

    spot: Spot
    has_contour: bool


@dataclass(frozen=True, slots=True)
class Memory:
    """Both indexes, read together so that one answer tells one state."""

    points: Points
    contours: ContourIndex

    @property
    def state(self) -> str:
        """Changes when anything on the map does."""
        return repr((self.points.signature, self.contours.signature))


def memory() -> Memory:
    """The indexes as the database is now."""
    return Memory(points(), contour_index())


def features(frame: Frame, held: Memory) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the frame, with `landmarks` ([name, lon, lat]) and the `list`."""
    drawn = _contours(frame, held)
    near = replace(frame, box=wider(frame.box))
    # Limits of communes are a backdrop: the more there are, the less detail each needs.
    backdrop = 2.0 if len(drawn) <= FEW_CONTOURS else 4.0
    found = [_contour_feature(contour, frame, held, backdrop) for contour in drawn]
    for layer in (CONTRACTS, QUARTERS):
        if layer in frame.layers:
            found += _cluster_features(layer, near, held)
    lines, total = listed(frame, held)
    return {
        "type": "FeatureCollection",
        "features": found,
        "landmarks": _landmarks(frame, held.points),
        "list": {
            "total": total,
            "items": [
                {
                    "layer": line.spot.layer,
                    "code": line.spot.code,
                    "name": line.spot.name,
                    "detail": line.spot.detail,
                    "contour": line.has_contour,
                    "basis": line.spot.basis,
                }
                for line in lines
            ],
        },
    }


def listed(frame: Frame, held: Memory) -> tuple[list[Listed], int]:
    """The objects in view, by name, at most `MOST_LISTED`, and how many there are in all."""
    outlined = _outlined(frame.generation, held)
    in_view = {c.territory for c in held.contours.within(frame.box, PERIMETERS[frame.generation])}
    lines = [
        Listed(spot, layer == QUARTERS and spot.id in outlined)
        for layer in (QUARTERS, CONTRACTS)
        if layer in frame.layers
        for spot in held.points.of(layer, frame.generation)
        if _inside(spot.lon, spot.lat, frame.box) or (layer == QUARTERS and spot.id in in_view)
    ]
    return lines[:MOST_LISTED], len(lines)


def _contours(frame: Frame, held: Memory) -> list[Contour]:
    """From the back to the front: communes, then neighbourhoods."""
    if frame.zoom < CONTOUR_ZOOM:
        return []
    found: list[Contour] = []
    if COMMUNES in frame.layers:
        administrative = held.contours.within(frame.box, [Perimeter.Kind.ADMINISTRATIVE.value])
        found += [contour for contour in administrative if contour.territory_kind == "commune"]
    if QUARTERS in frame.layers:
        found += held.contours.within(frame.box, PERIMETERS[frame.generation])
    return found


def _outlined(generation: str, held: Memory) -> frozenset[int]:
    kinds = PERIMETERS[generation]
    return frozenset(contour.territory for contour in held.contours.contours if contour.kind in kinds)


def _contour_feature(contour: Contour, frame: Frame, held: Memory, backdrop: float) -> dict[str, Any]:
    pixels = backdrop
    said = {"layer": COMMUNES, "code": contour.code}
    if contour.kind != Perimeter.Kind.ADMINISTRATIVE:
        pixels = 1.0
        said |= {"layer": QUARTERS, "kind": contour.kind, "name": contour.name, "source": contour.source}
    return {
        "type": "Feature",
        "geometry": held.contours.drawn_at(contour, frame.zoom, pixels),
        "properties": said,
    }


def _cluster_features(layer: str, frame: Frame, held: Memory) -> list[dict[str, Any]]:
    near = layer == QUARTERS and frame.zoom >= CONTOUR_ZOOM
    leave_out = _outlined(frame.generation, held) if near else frozenset[int]()
    spots = held.points.of(layer, frame.generation)
    return [
        _cluster_feature(layer, cluster, spots)
        for cluster in held.points.clusters(layer, frame.generation, frame.zoom, leave_out)
        if _inside(cluster.lon, cluster.lat, frame.box)
    ]


def _cluster_feature(layer: str, cluster: Cluster, spots: list[Spot]) -> dict[str, Any]:
    said: dict[str, Any] = {"layer": layer, "count": len(cluster.members)}
    first = spots[cluster.members[0]]
    if len(cluster.members) == 1:
        said |= {"code": first.code, "name": first.name, "detail": first.detail, "basis": first.basis}
    elif cluster.is_pile:
        # Objects of one commune without their own contour: no zoom would part them, so they are named.
        said |= {"detail": first.detail, "basis": first.basis}
        said["members"] = [[spots[m].code, spots[m].name] for m in cluster.members[:MOST_MEMBERS]]
    else:
        said["bounds"] = [round(edge, 4) for edge in cluster.box]
    point = [round(cluster.lon, 5), round(cluster.lat, 5)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": said}


def _landmarks(frame: Frame, held: Points) -> list[list[object]]:
    """The largest communes in view, far enough from each other for their names: a map without its basemap."""
    gap = _LANDMARK_GAP * 360 / (256 * 2**frame.zoom)
    kept: list[list[object]] = []
    places: list[tuple[float, float]] = []
    for name, lon, lat in held.landmarks:
        if not _inside(lon, lat, frame.box):
            continue
        if all(abs(lon - x) > gap or abs(lat - y) > gap / 3 for x, y in places):
            kept.append([name, round(lon, 4), round(lat, 4)])
            places.append((lon, lat))
        if len(kept) == MOST_LANDMARKS:
            break
    return kept


def _inside(lon: float, lat: float, box: Box) -> bool:
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def box_around(lon: float, lat: float, zoom: int, *, width: int = 900, height: int = 640) -> Box:
    """The frame of a map of that many pixels, for whoever has no JavaScript to say theirs."""
    degrees = 360 / (256 * 2**zoom)
    half_lon, half_lat = width / 2 * degrees, height / 2 * degrees * math.cos(math.radians(lat))
    return lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat
