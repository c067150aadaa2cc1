"""The chart of the bodies of a contract, drawn from the data: a tree read from left to right, as an SVG.

The list of the same bodies stands beside it; organisations and persons are not in the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from faubourg.base.charts import INK, LINE, PALE, SOFT
from faubourg.contracts.queries.governance import STRANDS, BodyLine, strand_of

WIDE, GAP, ROW, LINE_HEIGHT, PAD = 172, 28, 14, 17, 10
SIGNS, MOST_LINES = 20, 4


@dataclass
class Node:
    """One body in the drawing: the lines of its name, what hangs on it, where it stands."""

    label: list[str]
    note: str = ""
    children: list["Node"] = field(default_factory=list)
    y: float = 0.0

    @property
    def height(self) -> int:
        """Of its box."""
        return PAD * 2 + LINE_HEIGHT * (len(self.label) + bool(self.note))


def draw(lines: Sequence[BodyLine], title: str) -> SafeString:
    """The chart of these bodies; a body whose parent is not among them stands at the root."""
    roots = _trees(lines)
    height = 0.0
    for root in roots:
        height = _place(root, height) + ROW
    depth = max((_depth(root) for root in roots), default=1)
    width = depth * (WIDE + GAP) - GAP
    parts: list[str] = []
    for root in roots:
        _paint(root, 0, parts)
    said = gettext("Arbre des instances ; la liste qui suit dit la même chose.")
    return mark_safe(  # noqa: S308 (every text was escaped where it was drawn)
        f'<svg class="chart body-chart" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {width + 2} {max(height - ROW, 1) + 2:g}" width="{width}" '
        f'aria-labelledby="chart-bodies-t chart-bodies-d" font-family="Inter, sans-serif">'
        f'<title id="chart-bodies-t">{escape(title)}</title>'
        f'<desc id="chart-bodies-d">{escape(said)}</desc>{"".join(parts)}</svg>'
    )


def _trees(lines: Sequence[BodyLine]) -> list[Node]:
    nodes = {line.body.pk: Node(_wrapped(line.body.name), _note(line)) for line in lines}
    roots: list[Node] = []
    for line in sorted(lines, key=lambda line: STRANDS.index(strand_of(line.body))):
        above = nodes.get(line.body.parent_id or 0)
        (above.children if above else roots).append(nodes[line.body.pk])
    return roots


def _wrapped(name: str) -> list[str]:
    lines = wrap(name, SIGNS, break_long_words=True)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: SIGNS - 1].rstrip() + "…"]
    return lines or ["–"]


def _note(line: BodyLine) -> str:
    if not line.seats:
        return ""
    seats = ngettext("%(n)s siège", "%(n)s sièges", len(line.seats)) % {"n": len(line.seats)}
    vacant = ngettext("%(n)s vacant", "%(n)s vacants", line.vacant) % {"n": line.vacant}
    return f"{seats}, {vacant}" if line.vacant else seats


def _place(node: Node, top: float) -> float:
    """Gives every box its height on the page; returns where the branch ends."""
    bottom = top
    for child in node.children:
        bottom = _place(child, bottom) + ROW
    bottom = max(bottom - ROW, top) if node.children else top
    middle = (node.children[0].y + node.children[-1].y) / 2 if node.children else top + node.height / 2
    node.y = max(middle, top + node.height / 2)
    return max(bottom, node.y + node.height / 2)


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def _paint(node: Node, rank: int, parts: list[str]) -> None:
    x = 1 + rank * (WIDE + GAP)
    for child in node.children:
        middle = x + WIDE + GAP / 2
        parts.append(
            f'<path class="chart-branch" d="M{x + WIDE} {node.y:g}H{middle:g}V{child.y:g}H{x + WIDE + GAP}" '
            f'fill="none" stroke="{LINE}" stroke-width="1.5"/>'
        )
    top = node.y - node.height / 2
    parts.append(
        f'<rect class="chart-box" x="{x}" y="{top:g}" width="{WIDE}" height="{node.height}" rx="2" '
        f'fill="{PALE}" stroke="{LINE}"/>'
    )
    for index, text in enumerate(node.label):
        parts.append(_text(x + PAD, top + PAD + 13 + index * LINE_HEIGHT, text, "chart-label", INK))
    if node.note:
        y = top + PAD + 13 + len(node.label) * LINE_HEIGHT
        parts.append(_text(x + PAD, y, node.note, "chart-soft", SOFT))
    for child in node.children:
        _paint(child, rank + 1, parts)


def _text(x: float, y: float, text: str, css: str, fill: str) -> str:
    return f'<text class="{css}" x="{x:g}" y="{y:g}" font-size="14" fill="{fill}">{escape(text)}</text>'
