"""The itinerary of a walk as one SVG: for the pages without JavaScript and for paper."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext

from faubourg.rules.proximity.places import METRES_A_DEGREE
from faubourg.territories.geo.contours import contour_index
from faubourg.territories.geo.projection import Projection, path

from .models import Land, Observation, Walk, WalkStop
from .services.walks import line_of

_TYPE = 'font-family="Inter"'
# A class for the two themes of the page, day colours for paper, where typst drops classes.
STYLE = {
    "ground": 'class="wm-ground" fill="#f6f3ec"',
    "quarter": 'class="wm-quarter" fill="#ebe5d9" stroke="#c9bfae" stroke-width="1.2"',
    "land": 'class="wm-land" fill="#ffffff" fill-opacity="0.55" stroke="#c9bfae" stroke-width="0.8"',
    "line": 'class="wm-line" fill="none" stroke="#9a3a22" stroke-width="4" stroke-linejoin="round"'
    ' stroke-linecap="round" stroke-dasharray="1 8"',
    "stop": 'class="wm-stop" fill="#9a3a22" stroke="#ffffff" stroke-width="2"',
    "number": f'class="wm-number" fill="#ffffff" {_TYPE} font-weight="700"',
    "asset": 'class="wm-asset" fill="#2f6b3c" stroke="#ffffff" stroke-width="1.2"',
    "dysfunction": 'class="wm-dysfunction" fill="#22282c" stroke="#ffffff" stroke-width="1.2"',
    "label": f'class="wm-label" fill="#22282c" {_TYPE} font-weight="600"',
    "halo": 'class="wm-halo" fill="none" stroke="#f6f3ec" stroke-width="4" stroke-linejoin="round"'
    f' {_TYPE} font-weight="600"',
    "scale": 'class="wm-scale" stroke="#22282c" stroke-width="1.4" fill="none"',
    "note": f'class="wm-note" fill="#555b5d" {_TYPE} font-weight="500"',
}
WIDTH, HEIGHT = 640, 420
MOST_LANDS = 80
_MARGIN = 46.0
# Never closer than two hundred metres across.
_LEAST = 200 / METRES_A_DEGREE
_LONGEST_LABEL = 26


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a map shows: halts with their rank, points of what was seen."""

    stops: Sequence[WalkStop]
    seen: Sequence[Observation] = ()


def draw(walk: Walk, shown: Drawn) -> str:
    """An SVG with what it shows as its label; empty while nothing is placed."""
    stops = [(rank, stop) for rank, stop in enumerate(shown.stops, start=1) if stop.lon is not None]
    line = line_of(walk)
    points = [(stop.lon or 0.0, stop.lat or 0.0) for _rank, stop in stops] + list(line)
    points += [(one.lon, one.lat) for one in shown.seen if one.lon is not None and one.lat is not None]
    if not points:
        return ""
    frame = _frame(points)
    label = gettext("Carte de l’itinéraire : %(stops)s") % {
        "stops": ", ".join(f"{rank} {stop.name}" for rank, stop in stops)
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' class="walk-map" aria-label="{escape(label, quote=True)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" {STYLE["ground"]}/>',
        *_around(walk, frame),
        *_line(line, frame),
        *_seen(shown.seen, frame),
        *_stops(stops, frame),
        *_scale(frame),
        "</svg>",
    ]
    return "".join(parts)


def _frame(points: Sequence[tuple[float, float]]) -> Projection:
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
    across, high = max((east - west) * shrink, _LEAST), max(north - south, _LEAST)
    scale = min((WIDTH - 2 * _MARGIN) / across, (HEIGHT - 2 * _MARGIN) / high)
    return Projection(
        west,
        north,
        scale * shrink,
        scale,
        (WIDTH - (east - west) * shrink * scale) / 2,
        (HEIGHT - (north - south) * scale) / 2,
    )


def _around(walk: Walk, frame: Projection) -> Iterable[str]:
    """The neighbourhood and the pieces of ground whose owner is known."""
    for contour in contour_index().contours:
        if walk.neighbourhood_id and contour.territory == walk.neighbourhood_id:
            shape = contour.geometry
            rings = [
                list(part.exterior.coords)
                for part in getattr(shape, "geoms", [shape])
                if part.geom_type == "Polygon"
            ]
            yield f'<path d="{path(rings, frame, nearest=0.6)}" {STYLE["quarter"]}/>'
    (west, south), (east, north) = _corner(frame, 0, HEIGHT), _corner(frame, WIDTH, 0)
    lands = Land.objects.filter(
        area=walk.area_id, west__lte=east, east__gte=west, south__lte=north, north__gte=south
    )
    for geometry in lands.order_by("pk").values_list("geometry", flat=True)[:MOST_LANDS]:
        rings = _rings(geometry)
        yield f'<path d="{path(rings, frame, nearest=0.6)}" {STYLE["land"]}/>'


def _rings(geometry: dict[str, object]) -> list[list[list[float]]]:
    found: object = geometry.get("coordinates", [])
    if not isinstance(found, list):
        return []
    return list(found) if geometry.get("type") == "Polygon" else [ring for part in found for ring in part]


def _corner(frame: Projection, x: float, y: float) -> tuple[float, float]:
    return (
        (x - frame.x_shift) / frame.x_scale + frame.west,
        frame.north - (y - frame.y_shift) / frame.y_scale,
    )


def _line(line: Sequence[tuple[float, float]], frame: Projection) -> list[str]:
    if len(line) < 2:
        return []
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame(*point) for point in line))
    return [f'<polyline points="{points}" {STYLE["line"]}/>']


def _seen(seen: Sequence[Observation], frame: Projection) -> list[str]:
    """A circle for an asset, a square for what has to be mended: never by the colour alone."""
    parts = []
    for one in seen:
        if one.lon is None or one.lat is None:
            continue
        x, y = frame(one.lon, one.lat)
        if one.nature == Observation.Nature.ASSET:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" {STYLE["asset"]}/>')
        else:
            box = f'x="{x - 5.5:.1f}" y="{y - 5.5:.1f}" width="11" height="11"'
            parts.append(f"<rect {box} {STYLE['dysfunction']}/>")
    return parts


def _stops(stops: Sequence[tuple[int, WalkStop]], frame: Projection) -> list[str]:
    """Numbers on all, names where they do not run into another."""
    parts: list[str] = []
    placed = [(rank, stop, *frame(stop.lon or 0.0, stop.lat or 0.0)) for rank, stop in stops]
    taken = [(x - 15, y - 15, x + 15, y + 15) for _rank, _stop, x, y in placed]
    for rank, stop, x, y in placed:
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="14" {STYLE["stop"]}/>')
        parts.append(_text(str(rank), (x, y + 5), "number", "middle", 14))
        parts += _label(stop.name, (x, y), taken)
    return parts


def _label(name: str, at: tuple[float, float], taken: list[tuple[float, float, float, float]]) -> list[str]:
    """The first free place: right, left, below, above; the list beside the map says every name."""
    x, y = at
    text = name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
    wide = len(text) * 7.6
    for anchor, tx, ty in (
        ("start", x + 19, y + 5),
        ("end", x - 19, y + 5),
        ("middle", x, y + 31),
        ("middle", x, y - 21),
    ):
        left = {"start": tx, "end": tx - wide, "middle": tx - wide / 2}[anchor]
        box = (left, ty - 13, left + wide, ty + 4)
        inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < HEIGHT - 2
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return [_text(text, (tx, ty), kind, anchor, 13) for kind in ("halo", "label")]
    return []


def _meet(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _text(text: str, at: tuple[float, float], kind: str, anchor: str, size: int) -> str:
    place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f"<text {place} {STYLE[kind]}>{escape(text)}</text>"


def _scale(frame: Projection) -> list[str]:
    """A round number of metres that takes about a seventh of the width."""
    unit = frame.y_scale / METRES_A_DEGREE
    metres = next((m for m in (10, 20, 50, 100, 200, 500, 1000, 2000) if m * unit >= 60), 5000)
    end, base = 16 + metres * unit, HEIGHT - 14
    return [
        f'<path d="M16 {base - 5}V{base}H{end:.1f}V{base - 5}" {STYLE["scale"]}/>',
        _text(f"{metres} m", (end + 7, base + 1), "note", "start", 12),
    ]
