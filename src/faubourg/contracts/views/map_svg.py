"""The small map of a contract as one SVG: for the page and for the printed sheet."""

import math
from collections.abc import Iterable
from html import escape

from faubourg.contracts.queries.place_map import PlaceMap
from faubourg.territories.geo.projection import Projection, path

_TYPE = 'font-family="Inter"'
# Each mark carries a class (the two themes of the page) and the day colours of tokens.css as attributes
# (the printed sheet, where typst drops classes).
STYLE = {
    "ground": 'class="cm-ground" fill="#f6f3ec"',
    "commune": 'class="cm-commune" fill="#ebe5d9" stroke="#ffffff" stroke-width="0.8"',
    "concerned": 'class="cm-concerned" fill="#d8d0c1" stroke="#ffffff" stroke-width="0.8"',
    "quarter": 'class="cm-quarter" fill="#9a3a22" stroke="#ffffff" stroke-width="0.5"',
    "dot": 'class="cm-dot" fill="#847a6b"',
    "central": 'class="cm-central" fill="none" stroke="#22282c" stroke-width="1.2"',
    "badge": 'class="cm-badge" fill="#9a3a22" stroke="#ffffff" stroke-width="1.5"',
    "count": f'class="cm-count" fill="#ffffff" {_TYPE} font-weight="700"',
    "label": f'class="cm-label" fill="#22282c" {_TYPE} font-weight="600"',
    "halo": f'class="cm-halo" fill="none" stroke="#f6f3ec" stroke-width="3" stroke-linejoin="round" {_TYPE}'
    ' font-weight="600"',
    "scale": 'class="cm-scale" stroke="#22282c" stroke-width="1.2" fill="none"',
    "note": f'class="cm-note" fill="#555b5d" {_TYPE} font-weight="500"',
}
FONT = 12.0
MAX_LABELS = 9
_MARGIN = 16.0
_KM_PER_DEGREE = 111.32


def draw(place: PlaceMap, *, width: int, height: int, label: str) -> str:
    """An SVG of `width` × `height` units; empty when there is nothing to draw."""
    if place.empty:
        return ""
    frame = _frame(list(_points(place)), width, height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(label, quote=True)}">',
        f'<rect width="{width}" height="{height}" {STYLE["ground"]}/>',
    ]
    for outline in sorted(place.communes, key=lambda outline: outline.concerned):
        kind = "concerned" if outline.concerned else "commune"
        parts.append(f'<path d="{path(outline.rings, frame, nearest=0.6)}" {STYLE[kind]}/>')
    parts += [
        f'<path d="{path(quarter.rings, frame, nearest=0.6)}" {STYLE["quarter"]}/>'
        for quarter in place.quarters
    ]
    parts += _spots(place, frame, width, height)
    parts += _scale_bar(frame, height)
    parts.append("</svg>")
    return "".join(parts)


def _points(place: PlaceMap) -> Iterable[tuple[float, float]]:
    """What the frame must hold. Points alone are drawn with the air of a few kilometres around them."""
    for outline in place.communes or place.quarters:
        for ring in outline.rings:
            yield from ((point[0], point[1]) for point in ring)
    for spot in place.spots:
        yield spot.lon, spot.lat
    if place.own and not place.spots:
        yield place.own


def _frame(points: list[tuple[float, float]], width: int, height: int) -> Projection:
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
    # Never closer than about four kilometres across.
    spread_x = max((east - west) * shrink, 0.04)
    spread_y = max(north - south, 0.03)
    scale = min((width - 2 * _MARGIN) / spread_x, (height - 2 * _MARGIN - FONT) / spread_y)
    return Projection(
        west,
        north,
        scale * shrink,
        scale,
        (width - (east - west) * shrink * scale) / 2,
        (height - FONT - (north - south) * scale) / 2,
    )


def _spots(place: PlaceMap, frame: Projection, width: int, height: int) -> list[str]:
    """A dot a commune, a badge where neighbourhoods are counted, names as long as they do not collide."""
    parts: list[str] = []
    taken: list[tuple[float, float, float, float]] = []
    drawn = [(spot, *frame(spot.lon, spot.lat)) for spot in place.spots]
    if not place.communes:
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" {STYLE["dot"]}/>'
            for s, x, y in drawn
            if not s.quarters
        ]
    drawn.sort(key=lambda row: (-row[0].quarters, not row[0].central, row[0].name))
    for spot, x, y in drawn:
        if spot.quarters:
            radius = 8.5 + min(spot.quarters, 16) * 0.45
            taken.append((x - radius, y - radius, x + radius, y + radius))
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {STYLE["badge"]}/>')
            parts.append(_text(str(spot.quarters), (x, y + 4), STYLE["count"], "middle", 11))
        elif spot.central:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {STYLE["central"]}/>')
            taken.append((x - 5, y - 5, x + 5, y + 5))
    if place.own and not place.spots:
        x, y = frame(*place.own)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" {STYLE["badge"]}/>')
    named = [row for row in drawn if row[0].quarters or row[0].central][:MAX_LABELS]
    for spot, x, y in named or drawn[:3]:
        parts += _label(spot.name, (x, y), taken, (width, height))
    return parts


def _label(
    name: str,
    at: tuple[float, float],
    taken: list[tuple[float, float, float, float]],
    size: tuple[int, int],
) -> list[str]:
    """The first free place around the point: right, left, below, above; nothing when none is free."""
    x, y = at
    wide = len(name) * FONT * 0.58
    for anchor, tx, ty in (
        ("start", x + 15, y + 4),
        ("end", x - 15, y + 4),
        ("middle", x, y + 26),
        ("middle", x, y - 17),
    ):
        left = {"start": tx, "end": tx - wide, "middle": tx - wide / 2}[anchor]
        box = (left, ty - FONT, left + wide, ty + 3)
        inside = box[0] > 2 and box[2] < size[0] - 2 and box[1] > 2 and box[3] < size[1] - 2
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return [_text(name, (tx, ty), STYLE[kind], anchor, FONT) for kind in ("halo", "label")]
    return []


def _overlap(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _text(text: str, at: tuple[float, float], attributes: str, anchor: str, size: float) -> str:
    x, y = at
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.0f}" text-anchor="{anchor}" {attributes}>'
        f"{escape(text)}</text>"
    )


def _scale_bar(frame: Projection, height: int) -> list[str]:
    """A round number of kilometres that takes about a seventh of the width."""
    unit = frame.y_scale / _KM_PER_DEGREE
    kilometres = next((km for km in (0.5, 1, 2, 5, 10, 20, 50, 100, 200) if km * unit >= 40), 500)
    end = _MARGIN + kilometres * unit
    base = height - 12
    text = f"{kilometres:g}".replace(".", ",") + " km"
    return [
        f'<path d="M{_MARGIN:.1f} {base - 4}V{base}H{end:.1f}V{base - 4}" {STYLE["scale"]}/>',
        _text(text, (end + 5, base + 1), STYLE["note"], "start", 10),
    ]
