"""The small map of the first page: the land as a screen of dots, the priority neighbourhoods in brick.

No outline of France is in the data, and none is invented: the land is drawn by the points of the communes
we have, as an engraver would stipple it. A neighbourhood stands at its own point, or at its commune's.
Conic projection of Lambert (parallels 44° and 49°), as on the wall of every classroom.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, log, pi, radians, sin, sqrt, tan

from django.core.cache import cache

from faubourg.territories.models import Perimeter, Territory

WIDTH, HEIGHT, MARGIN = 600, 590, 30
SCREEN = 6.6  # distance between two dots of the land, in units of the drawing
INSET_WIDTH, INSET_HEIGHT = 88, 84
# How many neighbourhoods stand at one point: at least, in the legend, diameter of the dot.
SIZES = ((1, "1", 5.0), (2, "2–4", 7.5), (5, "5–9", 11.0), (10, "10 +", 15.0))
# Westernmost, easternmost, northernmost and southernmost places of the hexagon and Corsica.
EDGES = ((-4.8, 48.4), (9.56, 42.3), (2.5, 51.09), (9.2, 41.36))

Point = tuple[float, float]
Row = tuple[str, str | None, float, float]  # zone, département, longitude, latitude


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots of one size in one path. `at_least` neighbourhoods stand at each point."""

    at_least: int
    label: str
    size: float
    path: str


@dataclass(frozen=True, slots=True)
class GridLine:
    """A meridian or a parallel, with its label and where the label stands."""

    path: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Inset:
    """A territory overseas, in its own frame and at its own scale."""

    name: str
    count: int
    land: str
    dots: list[Dots]


@dataclass(frozen=True, slots=True)
class Plate:
    """Everything the template draws. Lengths in units of the viewBox."""

    land: str
    dots: list[Dots]
    grid: list[GridLine]
    insets: list[Inset]
    total: int
    width: int = WIDTH
    height: int = HEIGHT


def plate(neighbourhoods: int, communes: int) -> Plate | None:
    """Drawn once for the number of places loaded, then kept; None when no neighbourhood has a point."""
    if not neighbourhoods:
        return None
    key = f"home-plate:{neighbourhoods}:{communes}"
    drawn: Plate | None = cache.get(key)
    if drawn is None:
        drawn = _draw()
        if drawn:
            cache.set(key, drawn, 3600)
    return drawn


def _draw() -> Plate | None:
    quarters = _rows(
        Perimeter.objects.filter(kind=Perimeter.Kind.QPV_2024, withdrawn_at__isnull=True)
        .order_by()
        .values_list("territory__zone", "territory__departement__name", "territory__lon", "territory__lat")
    )
    if not quarters:
        return None
    land = _rows(
        Territory.objects.filter(kind=Territory.Kind.COMMUNE)
        .order_by()
        .values_list("zone", "departement__name", "lon", "lat")
    )
    project = _lambert()
    return Plate(
        land=_screen(project(lon, lat) for zone, _, lon, lat in land if zone == "metro"),
        dots=_dots(project(lon, lat) for zone, _, lon, lat in quarters if zone == "metro"),
        grid=_graticule(project),
        insets=_insets(land, quarters),
        total=len(quarters),
    )


def _rows(found: Iterable[tuple[str, str | None, float | None, float | None]]) -> list[Row]:
    """Those that have a point."""
    return [(zone, name, lon, lat) for zone, name, lon, lat in found if lon is not None and lat is not None]


class _Lambert:
    """(longitude, latitude) in degrees → (x, y) of the drawing, y downwards."""

    def __init__(self) -> None:
        first, second, self.origin = radians(44), radians(49), radians(3)
        self.n = log(cos(first) / cos(second)) / log(_t(second) / _t(first))
        self.f = cos(first) * _t(first) ** self.n / self.n
        edge = [self._plane(lon, lat) for lon, lat in EDGES]
        xs, ys = [x for x, _ in edge], [y for _, y in edge]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.x0, self.y0 = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def _plane(self, lon: float, lat: float) -> Point:
        rho = self.f / _t(radians(lat)) ** self.n
        theta = self.n * (radians(lon) - self.origin)
        return rho * sin(theta), -rho * cos(theta)

    def __call__(self, lon: float, lat: float) -> Point:
        x, y = self._plane(lon, lat)
        return WIDTH / 2 + (x - self.x0) * self.scale, HEIGHT / 2 - (y - self.y0) * self.scale


def _t(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


def _lambert() -> _Lambert:
    return _Lambert()


def _path(points: Iterable[Point]) -> str:
    """Dots as zero-length strokes: ten signs a dot instead of forty."""
    return "".join(f"M{x:g} {y:g}h0" for x, y in points)


def _screen(points: Iterable[Point], step: float = SCREEN) -> str:
    """The points on a staggered screen, each cell once."""
    cells = set()
    for x, y in points:
        row = round(y / step)
        shift = 0.5 * (row % 2)
        cells.add((row, round(x / step - shift) + shift))
    return _path((round(column * step, 1), round(row * step, 1)) for row, column in sorted(cells))


def _dots(points: Iterable[Point]) -> list[Dots]:
    """Points gathered at one place, the larger drawn first so that none hides another."""
    piles = Counter((round(x, 1), round(y, 1)) for x, y in points)
    by_size: dict[int, list[Point]] = defaultdict(list)
    for point, n in piles.items():
        by_size[max(index for index, (least, *_) in enumerate(SIZES) if n >= least)].append(point)
    return [Dots(*SIZES[index], _path(sorted(by_size[index]))) for index in sorted(by_size, reverse=True)]


def _graticule(project: _Lambert) -> list[GridLine]:
    """Every second parallel and every fourth meridian, to the frame and beyond (the frame cuts them)."""
    lines = []
    for lat in (42, 44, 46, 48, 50):
        line = [project(lon, lat) for lon in range(-10, 17)]
        _, y = min(line, key=lambda point: abs(point[0] - 20))
        lines.append(GridLine(_polyline(line), f"{lat}° N", 6, round(y - 5)))
    for lon in (-4, 0, 4, 8):
        line = [project(lon, 38), project(lon, 54)]
        (x1, y1), (x2, y2) = line
        x = x1 + (HEIGHT - 8 - y1) / (y2 - y1) * (x2 - x1)
        side = " O" if lon < 0 else " E" if lon else ""
        lines.append(GridLine(_polyline(line), f"{abs(lon)}°{side}", round(x + 4), HEIGHT - 8))
    return lines


def _polyline(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _insets(land: list[Row], quarters: list[Row]) -> list[Inset]:
    """One frame a territory overseas that has priority neighbourhoods, by name."""
    names = sorted({name for zone, name, _, _ in quarters if zone != "metro" and name})
    insets = []
    for name in names:
        here = [(lon, lat) for _, owner, lon, lat in quarters if owner == name]
        around = [(lon, lat) for _, owner, lon, lat in land if owner == name]
        fit = _fit([*here, *around])
        insets.append(
            Inset(name, len(here), _screen((fit(p) for p in around), 5.5), _dots(fit(p) for p in here))
        )
    return insets


class _Fit:
    """Equal scale both ways, centred in the frame of an inset; the outlying tenth may be cut."""

    def __init__(self, points: list[Point]) -> None:
        self.lon, west, east = _middle([lon for lon, _ in points])
        self.lat, south, north = _middle([lat for _, lat in points])
        self.squeeze = cos(radians(self.lat))
        wide, high = max((east - west) * self.squeeze, 0.12), max(north - south, 0.12)
        self.scale = min((INSET_WIDTH - 26) / wide, (INSET_HEIGHT - 26) / high)

    def __call__(self, point: Point) -> Point:
        return (
            INSET_WIDTH / 2 + (point[0] - self.lon) * self.squeeze * self.scale,
            INSET_HEIGHT / 2 - (point[1] - self.lat) * self.scale,
        )


def _fit(points: list[Point]) -> _Fit:
    return _Fit(points)


def _middle(values: list[float]) -> tuple[float, float, float]:
    """Centre, low and high end of the values, without those further than five times the usual distance."""
    ordered = sorted(values)
    median = ordered[len(ordered) // 2]
    usual = sqrt(sum(min(abs(v - median), 1.0) ** 2 for v in ordered) / len(ordered)) or 0.1
    kept = [v for v in ordered if abs(v - median) <= 5 * usual]
    return (kept[0] + kept[-1]) / 2, kept[0], kept[-1]
