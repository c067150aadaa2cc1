"""Rectangles that hide a face or a plate: drawn in hundredths of the picture, burnt in whole pixels.

Whatever is hidden on the screen is hidden in the file: edges are rounded outwards, never inwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite
from typing import NamedTuple

from ..verdict import Reason, Verdict, mark

MOST_RECTANGLES = 200


class Drawn(NamedTuple):
    """Two opposite corners, in per cent of the width and of the height, in whichever order."""

    x1: float
    y1: float
    x2: float
    y2: float


class Pixels(NamedTuple):
    """Left and top included, right and bottom excluded: what an image library fills."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """`boxes` are empty as soon as one rectangle is refused: half a redaction is none."""

    boxes: tuple[Pixels, ...]
    verdict: Verdict


def redact(drawn: Sequence[Drawn], width: int, height: int) -> Redaction:
    """The rectangles in the pixels of a picture, none inverted, each within it and one pixel at least.

    What sticks out is cut; what is wholly outside hides nothing and is refused.
    """
    if width < 1 or height < 1:
        raise ValueError("a picture has one pixel at least")
    if len(drawn) > MOST_RECTANGLES:
        sentence = mark("{count} rectangles : {most} au plus, dessinez-en de plus grands.")
        params = {"count": len(drawn), "most": MOST_RECTANGLES}
        reason = Reason("redaction-many", False, sentence, params, MOST_RECTANGLES, len(drawn))
        return Redaction((), Verdict((reason,)))
    boxes = [_in_pixels(one, width, height) for one in drawn]
    sentence = mark("Le rectangle {rank} est hors de l’image.")
    refused = [
        Reason("redaction-outside", False, sentence, {"rank": rank}, None, rank)
        for rank, box in enumerate(boxes, start=1)
        if box is None
    ]
    kept = () if refused else tuple(dict.fromkeys(box for box in boxes if box is not None))
    return Redaction(kept, Verdict(tuple(refused)))


def _in_pixels(drawn: Drawn, width: int, height: int) -> Pixels | None:
    if not all(isfinite(one) for one in drawn):
        return None
    across = _edges(drawn.x1, drawn.x2, width)
    down = _edges(drawn.y1, drawn.y2, height)
    return Pixels(across[0], down[0], across[1], down[1]) if across and down else None


def _edges(one: float, other: float, size: int) -> tuple[int, int] | None:
    low, high = sorted((one, other))
    if high < 0 or low > 100:
        return None
    first = min(floor(max(low, 0) * size / 100), size - 1)
    last = ceil(min(high, 100) * size / 100)
    return first, max(last, first + 1)
