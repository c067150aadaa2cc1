"""The map of an area as everybody sees it: reports gathered by the database at each question, nothing kept.

What is nearer than a finger is one sign; from the street on each report is its own. Only what is open, or was
repaired within a year, is on the map: the rest is in the files.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from faubourg.rules.proximity.circuits import OPEN
from faubourg.territories.geo.frames import Box
from faubourg.territories.models import Territory

from ..access.walks import PUBLIC
from ..models import Area, Category, Ticket, Walk
from .public_place import Cell, homes_of, with_public_point, within

FINGER, TILE = 56, 256
# Signs from one side to the other, whatever the screen: what an answer weighs follows.
MOST_ACROSS = 22
STREET_ZOOM, MOST_EACH = 17, 300
LONGEST_TEXT = 80
REPAIRED_DAYS = 365
# How far from its own point a town or an agglomeration goes.
REACH_DEGREES, MOST_AREAS = 0.5, 40
OPEN_ONES, REPAIRED = "ouverts", "repares"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reports: open or repaired, of a category (code), of a neighbourhood (code), seen by night."""

    state: str = OPEN_ONES
    category: str = ""
    neighbourhood: str = ""
    night: bool = False


def shown_to_all(area: Area, asked: Asked, now: datetime) -> "QuerySet[Ticket]":
    """The reports that the map may show, with or without a point."""
    found = Ticket.objects.filter(area=area)
    if asked.state == REPAIRED:
        found = found.filter(state="closed", closed_at__gte=now - timedelta(days=REPAIRED_DAYS))
    else:
        found = found.filter(state__in=OPEN)
    if asked.category:
        found = found.filter(category__code=asked.category)
    if asked.neighbourhood:
        found = found.filter(neighbourhood__code=asked.neighbourhood)
    return found.filter(by_night=True) if asked.night else found


def any_area() -> bool:
    """Whether reports are taken anywhere."""
    return Area.objects.filter(open=True).exists()


def areas_around(box: Box) -> list[Area]:
    """Those whose town may reach into the frame, by name; one query."""
    west, south, east, north = box
    near = Area.objects.filter(
        open=True,
        territory__lon__range=(west - REACH_DEGREES, east + REACH_DEGREES),
        territory__lat__range=(south - REACH_DEGREES, north + REACH_DEGREES),
    )
    return list(near.order_by("name", "pk")[:MOST_AREAS])


def categories_of(areas: Sequence[Area]) -> list[Category]:
    """Every one of these areas; what was reported once stays of its category."""
    return list(Category.objects.filter(area__in=areas).order_by("area", "order", "name"))


def open_in(areas: Sequence[Area]) -> "QuerySet[Ticket]":
    """What is open in these areas."""
    return Ticket.objects.filter(area__in=areas, state__in=OPEN)


def map_answer(
    tickets: "QuerySet[Ticket]", categories: list[Category], box: Box, zoom: int
) -> dict[str, Any]:
    """`reports`: [lon, lat, reference, category, state, day, text]; `groups`: [lon, lat, count, box].

    A report's category is its rank in `categories`; `zoom` is that of `asked_frame`. Two queries at most.
    """
    placed = within(with_public_point(tickets.order_by(), homes_of(categories)), box)
    rank = {one.pk: n for n, one in enumerate(categories)}
    if zoom >= STREET_ZOOM:
        each = _each(placed.order_by("-created_at", "-pk"), rank, MOST_EACH + 1)
        if len(each) <= MOST_EACH:
            return {"reports": each, "groups": []}
    size = _size(box, zoom)
    cells = _cells(placed, size)
    alone = [cell["least"] for cell in cells if cell["n"] == 1]
    homes = homes_of(categories)
    singles = with_public_point(Ticket.objects.filter(pk__in=alone).order_by("pk"), homes)
    return {
        "reports": _each(singles, rank, len(alone)) if alone else [],
        "groups": [_group(cell, size) for cell in cells if cell["n"] > 1],
    }


def _size(box: Box, zoom: int) -> tuple[float, float]:
    """Of a cell that is square on the screen, in degrees of longitude and of latitude."""
    # A whole degree: the cells of a town stay where they are when its map is dragged.
    flat = math.cos(math.radians(min(abs(round((box[1] + box[3]) / 2)), 80)))
    wide, high = box[2] - box[0], box[3] - box[1]
    size = max(FINGER * 360 / (TILE * 2**zoom), wide / MOST_ACROSS, high / flat / MOST_ACROSS)
    return size, size * flat


def _cells(placed: "QuerySet[Ticket]", size: tuple[float, float]) -> list[dict[str, Any]]:
    squares = placed.annotate(
        column=Cell("public_lon", size=repr(size[0])), row=Cell("public_lat", size=repr(size[1]))
    )
    counted = squares.values("column", "row").annotate(
        n=Count("pk"), lon=Avg("public_lon"), lat=Avg("public_lat"), least=Min("pk")
    )
    return [dict(cell) for cell in counted]


def _group(cell: dict[str, Any], size: tuple[float, float]) -> list[Any]:
    wide, high = size
    west, south = cell["column"] * wide - 180, cell["row"] * high - 180
    box = [round(edge, 5) for edge in (west, south, west + wide, south + high)]
    return [round(cell["lon"], 5), round(cell["lat"], 5), cell["n"], box]


def _each(tickets: "QuerySet[Ticket]", rank: dict[int, int], most: int) -> list[list[Any]]:
    columns = ("public_lon", "public_lat", "reference", "category_id", "state", "created_at", "public_text")
    return [
        [
            lon,
            lat,
            reference,
            rank.get(category, -1),
            state,
            timezone.localdate(came).isoformat(),
            text[:LONGEST_TEXT],
        ]
        for lon, lat, reference, category, state, came, text in tickets.values_list(*columns)[:most]
    ]


def public_walks(area: Area) -> "QuerySet[Walk]":
    """Those whose restitution is public, the newest first."""
    return Walk.objects.filter(area=area, state__in=PUBLIC).order_by("-starts_at", "-pk")


def neighbourhoods_of(area: Area) -> list[tuple[str, str]]:
    """(code, name) of those where something was reported."""
    here = Ticket.objects.filter(area=area, neighbourhood=OuterRef("pk"))
    found = Territory.objects.filter(Exists(here), kind=Territory.Kind.NEIGHBOURHOOD)
    return list(found.order_by("sort_key", "code").values_list("code", "name"))
