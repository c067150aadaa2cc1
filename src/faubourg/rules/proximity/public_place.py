"""Where the public sees a report: never more exactly than it was told, never somebody's door.

Our own choice, no text: what is known to a hundred metres is not drawn on a window, and a dwelling that is
degraded is shown in its neighbourhood, not in its building.
"""

from .places import Point

# Metres of accuracy, and the decimals of a degree that are shown up to there (0.001° is about a hundred).
SHOWN = ((20, 5), (100, 4), (500, 3))
UNKNOWN = 5
HOME = 2


def public_point(point: Point, accuracy_m: int | None, *, home: bool = False) -> Point | None:
    """The point that may be published; None when nobody knows better than « somewhere in the town ».

    `home`: what is reported is somebody's dwelling.

    >>> public_point(Point(3.086312, 45.779734), 60)
    Point(lon=3.0863, lat=45.7797)
    """
    shown = UNKNOWN if accuracy_m is None else next((n for most, n in SHOWN if accuracy_m <= most), None)
    if shown is None:
        return None
    decimals = min(shown, HOME) if home else shown
    return Point(round(point.lon, decimals), round(point.lat, decimals))
