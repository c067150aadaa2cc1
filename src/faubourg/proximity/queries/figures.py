"""What the reports of a year teach, for everybody: counted by `rules.proximity.statistics`, nobody in it.

A dwelling is in the counts, never among the places that come back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from faubourg.rules.proximity import statistics
from faubourg.rules.proximity.places import Point
from faubourg.rules.proximity.public_place import public_point
from faubourg.rules.proximity.statistics import Line, Spot, Treated

from ..models import Area, Category, Ticket

# The same place, as people mean it.
RADIUS_M = 30
MOST_SPOTS = 20
_SET_ASIDE = ("duplicate", "refused", "referred")
NOWHERE = Point(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Lines of one year; `months` are (first day, line), every month that had a report."""

    all: Line
    partners: tuple[Line, ...]
    themes: tuple[Line, ...]
    both: tuple[Line, ...]
    day: Line
    night: Line
    months: Sequence[tuple[date, Line]]
    spots: tuple[Spot, ...]


def figures_of(area: Area, year: int, neighbourhood: str = "", category: str = "") -> Figures:
    """Of what came that year, in Paris; what was set aside is not counted. One query."""
    first, after = (timezone.make_aware(datetime.combine(date(y, 1, 1), time.min)) for y in (year, year + 1))
    found = Ticket.objects.filter(area=area, created_at__gte=first, created_at__lt=after)
    found = found.exclude(state__in=_SET_ASIDE)
    if neighbourhood:
        found = found.filter(neighbourhood__code=neighbourhood)
    if category:
        found = found.filter(category__code=category)
    treated, placed = _treated(found)
    day, night = statistics.day_and_night(treated)
    months = groupby(sorted(treated, key=_month), key=_month)
    return Figures(
        all=statistics.overall(treated),
        partners=statistics.by_partner(treated),
        themes=statistics.by_theme(treated),
        both=statistics.by_partner_and_theme(treated),
        day=day,
        night=night,
        months=[(month, statistics.overall(lot)) for month, lot in months],
        spots=statistics.recurrent(placed, RADIUS_M)[:MOST_SPOTS],
    )


def years_of(area: Area) -> list[int]:
    """The years with reports, the newest first; from the first to the last."""
    asked = Ticket.objects.filter(area=area)
    newest = asked.order_by("-created_at").values_list("created_at", flat=True).first()
    oldest = asked.order_by("created_at").values_list("created_at", flat=True).first()
    if newest is None or oldest is None:
        return [timezone.localdate().year]
    return list(range(timezone.localtime(newest).year, timezone.localtime(oldest).year - 1, -1))


def _month(one: Treated) -> date:
    return one.received_on.replace(day=1)


def _treated(found: "QuerySet[Ticket]") -> tuple[list[Treated], list[Treated]]:
    """All of them; and those that stand somewhere that everybody may know."""
    columns = (
        "reference", "partner__name", "category__theme", "created_at", "declared_done_at", "reopened",
        "by_night", "lon", "lat", "accuracy_m",
    )  # fmt: skip
    told, placed = [], []
    for key, partner, theme, came, done, reopened, night, lon, lat, metres in found.values_list(*columns):
        point = public_point(Point(lon, lat), metres)
        one = Treated(
            key=key,
            partner=partner or "",
            theme=theme,
            received_on=timezone.localtime(came).date(),
            declared_done_on=timezone.localtime(done).date() if done else None,
            reopened=reopened,
            night=night,
            at=point or NOWHERE,
        )
        told.append(one)
        if point and theme != Category.Theme.HOUSING:
            placed.append(one)
    return told, placed
