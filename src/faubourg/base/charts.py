"""Charts made on the server: accessible SVG, meant to stand with a table of the same data beside it.

Every mark carries presentation attributes (they hold in a PDF, which knows no class) and a class (the two
themes of the web). No `style=` attribute, no script. Widths are units of the viewBox; the drawing scales.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .numbers import number

INK, SOFT, BRICK, STONE, LINE, PALE, PAPER = (
    "#22282c", "#555b5d", "#9a3a22", "#847a6b", "#d8d0c1", "#ebe5d9", "#fffdf8",
)  # fmt: skip
CHARACTER = 8.0  # mean advance of a sign at 14 units


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `value` None is drawn as a sentence (`text`), never as a zero. `other` greys the bar."""

    label: str
    value: float | None
    text: str = ""
    other: bool = False

    @property
    def shown(self) -> str:
        """What is written beside the bar."""
        return self.text or ("–" if self.value is None else number(self.value))


@dataclass(frozen=True, slots=True)
class Compared:
    """A value set against the median of its kind, within the range of that kind when it is known."""

    label: str
    value: float | None
    median: float | None
    value_text: str
    median_text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A period on a time axis, in years; `end` None lasts still."""

    label: str
    start: float
    end: float | None
    text: str = ""
    other: bool = False


def bars(title: str, rows: Sequence[Bar], *, description: str = "", width: int = 640) -> SafeString:
    """Horizontal bars from zero, one a row, the value written at the end of each."""
    gutter = _gutter([row.label for row in rows], width)
    tail = max((len(row.shown) for row in rows), default=0) * CHARACTER + 14
    room = max(width - gutter - tail, 60)
    top = max((row.value or 0 for row in rows), default=0) or 1
    parts, y = [], 0
    for row in rows:
        parts.append(_label(row.label, gutter, y + 18))
        length = round(max(row.value or 0, 0) / top * room, 1)
        if row.value is not None:
            parts.append(_rect(gutter, y + 5, max(length, 1.5), 18, row.other))
        parts.append(_text(gutter + length + 8, y + 19, row.shown, soft=row.value is None, bold=True))
        y += 30
    parts.append(_line(gutter, 0, gutter, y, "chart-axis", STONE))
    said = description or "; ".join(f"{row.label} : {row.shown}" for row in rows)
    return _svg(title, said, parts, width, max(y, 1))


def comparison(
    title: str, rows: Sequence[Compared], *, description: str = "", width: int = 640
) -> SafeString:
    """Each value as a dot on its own scale, the median as a tall tick: which side, and how far."""
    parts, y = [], 0
    for row in rows:
        parts.append(_text(0, y + 15, row.label, bold=True))
        parts.append(_text(width, y + 15, row.value_text, bold=True, anchor="end"))
        parts.append(_rect(0, y + 26, width, 6, None))
        known = [v for v in (row.value, row.median, row.low, row.high, 0) if v is not None]
        low, high = (row.low if row.low is not None else min(known)), max(known)
        span = (high - low) * 1.08 or 1
        if row.median is not None:
            x = _within((row.median - low) / span * width, width)
            parts.append(_line(x, y + 20, x, y + 38, "chart-axis", INK, 2.5))
            parts.append(_tick_label(x, y + 52, row.median_text, width))
        if row.value is not None:
            x = _within((row.value - low) / span * width, width)
            parts.append(_dot(x, y + 29))
        y += 68
    said = description or "; ".join(f"{row.label} : {row.value_text}, {row.median_text}" for row in rows)
    return _svg(title, said, parts, width, max(y, 1))


def timeline(
    title: str, rows: Sequence[Span], *, until: float, description: str = "", width: int = 640
) -> SafeString:
    """Periods one under the other on one axis of years; `until` is the end of the axis (a year)."""
    first = min((row.start for row in rows), default=until - 1)
    gutter = _gutter([row.label for row in rows], width)
    scale = (width - gutter - 12) / max(until - first, 1)
    parts: list[str] = []
    height = len(rows) * 34
    step = max(1, round((until - first) / 6))
    for year in range(int(first), int(until) + 1, step):
        x = gutter + max(year - first, 0) * scale
        parts.append(_line(x, 0, x, height, "chart-grid", LINE))
        parts.append(
            _text(x, height + 18, str(year), soft=True, anchor="middle" if x < width - 20 else "end")
        )
    for index, row in enumerate(rows):
        y = index * 34
        x, end = gutter + (row.start - first) * scale, until if row.end is None else row.end
        parts.append(_label(row.label, gutter, y + 20))
        parts.append(_rect(x, y + 7, max((end - row.start) * scale, 3), 18, row.other))
    said = description or "; ".join(f"{row.label} : {row.text or _period(row)}" for row in rows)
    return _svg(title, said, parts, width, height + 26)


def _period(row: Span) -> str:
    return f"{row.start:.0f}–" if row.end is None else f"{row.start:.0f}–{row.end:.0f}"


def _gutter(labels: Sequence[str], width: int) -> float:
    """Room for the labels, at most two fifths of the drawing."""
    return min(max((len(label) for label in labels), default=0) * CHARACTER + 12, width * 0.4)


def _within(x: float, width: int) -> float:
    return min(max(x, 9), width - 9)


def _label(text: str, gutter: float, y: float) -> str:
    """A label that fits in the gutter; the whole of it is in the table beside and in a `title`."""
    most = int((gutter - 12) / CHARACTER)
    if len(text) <= most:
        return _text(0, y, text)
    cut = escape(text[: max(most - 1, 1)].rstrip()) + "…"
    whole = f"<title>{escape(text)}</title>"
    return f'<text class="chart-label" x="0" y="{y:g}" font-size="14" fill="{INK}">{whole}{cut}</text>'


def _text(
    x: float, y: float, text: str, *, soft: bool = False, bold: bool = False, anchor: str = "start"
) -> str:
    css, fill = ("chart-soft", SOFT) if soft else ("chart-label", INK)
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text class="{css}" x="{x:g}" y="{y:g}" font-size="14"{weight} text-anchor="{anchor}" '
        f'fill="{fill}">{escape(text)}</text>'
    )


def _tick_label(x: float, y: float, text: str, width: int) -> str:
    half = len(text) * CHARACTER / 2
    if x < half:
        return _text(0, y, text, soft=True)
    return _text(
        width if x > width - half else x, y, text, soft=True, anchor="end" if x > width - half else "middle"
    )


def _rect(x: float, y: float, width: float, height: float, other: bool | None) -> str:
    """`other` None is the track under a dot."""
    css, fill = {
        None: ("chart-track", PALE),
        False: ("chart-bar", BRICK),
        True: ("chart-bar-other", STONE),
    }[other]
    return (
        f'<rect class="{css}" x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}" fill="{fill}"/>'
    )


def _dot(x: float, y: float) -> str:
    return (
        f'<circle class="chart-bar" cx="{x:.1f}" cy="{y:g}" r="8" fill="{BRICK}" stroke="{PAPER}" '
        f'stroke-width="2"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, css: str, stroke: str, width: float = 1) -> str:  # noqa: PLR0917
    return (
        f'<line class="{css}" x1="{x1:.1f}" y1="{y1:g}" x2="{x2:.1f}" y2="{y2:g}" '
        f'stroke="{stroke}" stroke-width="{width:g}"/>'
    )


def _svg(title: str, description: str, parts: Sequence[str], width: int, height: float) -> SafeString:
    """Every text that entered `parts` was escaped by the function that drew it."""
    key = "chart-" + blake2s(f"{title}|{description}".encode(), digest_size=4).hexdigest()
    head = (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" role="img" '
        f'aria-labelledby="{key}-t {key}-d" font-family="Inter, sans-serif">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>'
    )
    return mark_safe(head + "".join(parts) + "</svg>")  # noqa: S308
