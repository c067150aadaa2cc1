"""What part of the world a map asks for, read from its address; what is senseless gets a sentence."""

import math

from django.http import QueryDict
from django.utils.translation import gettext

Box = tuple[float, float, float, float]
DEEPEST = 19
_WIDEST_SCREEN = 2_560


class Unreadable(ValueError):
    """A parameter that says nothing; its message is the sentence shown."""


def asked_frame(asked: QueryDict) -> tuple[Box, int]:
    """`bbox` (west, south, east, north in degrees) and `zoom` (0 to 19). Raises `Unreadable`.

    The zoom is no deeper than the frame on the widest screen: no country in the detail of a street.
    """
    box, zoom = _box(asked.get("bbox", "")), _zoom(asked.get("zoom", ""))
    return box, fair_zoom(box, zoom)


def fair_zoom(box: Box, zoom: int) -> int:
    """The zoom at which this frame fits the widest screen."""
    width = max(box[2] - box[0], 1e-6)
    return min(zoom, max(0, int(math.log2(360 * _WIDEST_SCREEN / (256 * width)))))


def wider(box: Box, by: float = 0.1) -> Box:
    """A little more than the frame, so that a cluster on its edge is there before it is dragged in."""
    width, height = (box[2] - box[0]) * by, (box[3] - box[1]) * by
    return box[0] - width, box[1] - height, box[2] + width, box[3] + height


def _box(text: str) -> Box:
    parts = text.split(",")
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        raise Unreadable(
            gettext(
                "Le cadre (bbox) s’écrit ouest,sud,est,nord : quatre nombres en degrés, avec des virgules."
            )
        ) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise Unreadable(gettext("Le cadre (bbox) doit tenir en nombres finis."))
    # A screen wider than the world still shows it once.
    west, south, east, north = max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0)
    if west >= east or south >= north:
        raise Unreadable(
            gettext("Le cadre (bbox) est vide : l’ouest vient avant l’est, le sud avant le nord.")
        )
    return west, south, east, north


def _zoom(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= DEEPEST):
        raise Unreadable(gettext("Le zoom est un nombre entier de 0 à 19."))
    return int(text)
