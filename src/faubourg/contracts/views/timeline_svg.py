"""The timeline of a contract: planned under actual, phases that overlap, milestones, today.

Drawn once for the eye; the table beside it says the same. Attributes carry the print colours.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from faubourg.base.charts import BRICK, INK, LINE, PALE, PAPER, SOFT, STONE

from .calendar_rows import Row

WIDTH, MARGIN, HEAD, ROW = 760, 12, 30, 46
CHARACTER = 7.2  # mean advance of a sign at 13 units
MOST_TICKS = 9
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


class Scale:
    """From a day to a place on the axis, which runs over whole months."""

    def __init__(self, days: Sequence[date]) -> None:
        first, last = min(days), max(days)
        self.first = first.replace(day=1)
        self.last = date(last.year + last.month // 12, last.month % 12 + 1, 1)
        self.span = max((self.last - self.first).days, 1)

    def x(self, day: date) -> float:
        """Units of the drawing."""
        return MARGIN + (day - self.first).days / self.span * (WIDTH - 2 * MARGIN)

    def ticks(self) -> list[date]:
        """First days of months, some nine at most."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in STEPS if months / step <= MOST_TICKS), STEPS[-1])
        start = self.first.year * 12 + self.first.month - 1
        return [
            date(rank // 12, rank % 12 + 1, 1)
            for rank in range(start, start + months + 1)
            if rank % step == 0 or step == 1
        ]


def timeline(title: str, rows: Sequence[Row], today: date) -> SafeString:
    """The drawing; empty when no row has a day."""
    days = [day for row in rows for day in row.days]
    if not days:
        return mark_safe("")
    scale = Scale(days)
    shown = [row for row in rows if row.days]
    height = HEAD + len(shown) * ROW + 6
    parts = [*_axis(scale, height)]
    if scale.first <= today <= scale.last:
        parts.append(_vertical(scale.x(today), height, "tl-today", INK, 1.5))
    for rank, row in enumerate(shown):
        parts += _row(row, scale, HEAD + rank * ROW)
    said = " ; ".join(f"{row.label} : {_told(row)}" for row in shown)
    return mark_safe(  # noqa: S308 (every text was escaped where it entered)
        f'<svg class="chart timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="tl-t tl-d" font-family="Inter, sans-serif">'
        f'<title id="tl-t">{escape(title)}</title><desc id="tl-d">{escape(said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _axis(scale: Scale, height: float) -> list[str]:
    parts = []
    for day in scale.ticks():
        x = scale.x(day)
        parts.append(_vertical(x, height, "chart-grid", LINE, 1))
        text = date_format(day, "N Y")
        # The last ones would run out of the drawing: their line is enough.
        if x + len(text) * CHARACTER < WIDTH:
            parts.append(_text(x + 3, 14, text, "chart-soft", SOFT, anchor="start"))
    return parts


def _row(row: Row, scale: Scale, y: float) -> list[str]:
    start = min(scale.x(day) for day in row.days)
    room = len(row.label) * CHARACTER
    at, anchor = (start, "start") if start + room < WIDTH else (WIDTH - MARGIN, "end")
    parts = [_text(at, y + 13, row.label, "chart-label", INK, anchor=anchor)]
    return parts + (_phase(row, scale, y + 20) if row.is_phase else _day(row, scale, y + 29))


def _phase(row: Row, scale: Scale, y: float) -> list[str]:
    parts = []
    if row.planned_first and row.planned_last:
        parts.append(_bar(scale, row.planned_first, row.planned_last, y, 16, "tl-planned", PALE, STONE))
    if row.actual_first:
        end = row.actual_last or row.planned_last or row.actual_first
        parts.append(
            _bar(scale, row.actual_first, max(end, row.actual_first), y + 5, 6, "chart-bar", BRICK, "none")
        )
    return parts


def _day(row: Row, scale: Scale, y: float) -> list[str]:
    """A diamond where it was planned, a dot where it happened, a line between the two."""
    parts = []
    planned = scale.x(row.planned_last) if row.planned_last else None
    actual = scale.x(row.actual_last) if row.actual_last else None
    if planned is not None and actual is not None:
        parts.append(
            f'<line class="tl-gap" x1="{planned:.1f}" y1="{y:g}" x2="{actual:.1f}" y2="{y:g}" '
            f'stroke="{BRICK}" stroke-width="2"/>'
        )
    if planned is not None:
        points = (
            f"{planned:.1f},{y - 7:g} {planned + 7:.1f},{y:g} {planned:.1f},{y + 7:g} {planned - 7:.1f},{y:g}"
        )
        parts.append(f'<polygon class="tl-planned" points="{points}" fill="{PALE}" stroke="{STONE}"/>')
    if actual is not None:
        parts.append(
            f'<circle class="chart-bar" cx="{actual:.1f}" cy="{y:g}" r="6" fill="{BRICK}" stroke="{PAPER}"/>'
        )
    return parts


def _bar(  # noqa: PLR0917 (where, how high, in what colour)
    scale: Scale, first: date, last: date, y: float, height: float, css: str, fill: str, stroke: str
) -> str:
    x = scale.x(first)
    width = max(scale.x(last) - x, 3)
    return (
        f'<rect class="{css}" x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}" rx="2" '
        f'fill="{fill}" stroke="{stroke}"/>'
    )


def _vertical(x: float, height: float, css: str, stroke: str, width: float) -> str:
    return (
        f'<line class="{css}" x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{height:g}" stroke="{stroke}" '
        f'stroke-width="{width:g}"/>'
    )


def _text(x: float, y: float, text: str, css: str, fill: str, *, anchor: str) -> str:
    return (
        f'<text class="{css}" x="{x:.1f}" y="{y:g}" font-size="13" text-anchor="{anchor}" '
        f'fill="{fill}">{escape(text)}</text>'
    )


def _told(row: Row) -> str:
    """Planned, then actual, in words."""
    planned = _span(row.planned_first, row.planned_last)
    actual = _span(row.actual_first, row.actual_last)
    said = [_("prévu %(days)s") % {"days": planned}] if planned else []
    return ", ".join([*said, *([_("réel %(days)s") % {"days": actual}] if actual else [])])


def _span(first: date | None, last: date | None) -> str:
    days = [date_format(day, "j N Y") for day in (first, last) if day]
    return " – ".join(days)
