"""Every report of an area as open data: what everybody reads of each on its sheet, a lot at a time.

What was typed, who reported, who wrote it down and photographs are not even asked of the database.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from faubourg.rules.proximity.places import Point
from faubourg.rules.proximity.public_place import public_point

from ..models import Area, Category, Ticket

LOT = 1_000
_ASKED = (
    "pk", "reference", "category__code", "category__name", "category__theme", "state", "public_text",
    "public_reason", "lon", "lat", "accuracy_m", "neighbourhood__code", "neighbourhood__name",
    "partner__name", "created_at", "due_on", "planned_on", "declared_done_at", "closed_at", "reopened",
    "by_night", "original__reference",
)  # fmt: skip


class PublicReport(NamedTuple):
    """One report; days are those of Paris, `point` is None when nobody knows where to show it."""

    reference: str
    category: str
    category_name: str
    theme: str
    state: str
    text: str
    reason: str
    point: Point | None
    neighbourhood: str
    neighbourhood_name: str
    partner: str
    reported_on: Any
    due_on: Any
    planned_on: Any
    done_on: Any
    closed_on: Any
    reopened: int
    by_night: bool
    original: str


def public_reports(area: Area) -> Iterator[PublicReport]:
    """In the order in which they came; one query a thousand, so that memory stays flat."""
    last = 0
    while True:
        found = Ticket.objects.filter(area=area, pk__gt=last).order_by("pk").values(*_ASKED)[:LOT]
        lot = list(found)
        yield from (_public(row) for row in lot)
        if len(lot) < LOT:
            return
        last = lot[-1]["pk"]


def _public(row: dict[str, Any]) -> PublicReport:
    home = row["category__theme"] == Category.Theme.HOUSING
    return PublicReport(
        reference=row["reference"],
        category=row["category__code"],
        category_name=row["category__name"],
        theme=row["category__theme"],
        state=row["state"],
        text=row["public_text"],
        reason=row["public_reason"],
        point=public_point(Point(row["lon"], row["lat"]), row["accuracy_m"], home=home),
        neighbourhood=row["neighbourhood__code"] or "",
        neighbourhood_name=row["neighbourhood__name"] or "",
        partner=row["partner__name"] or "",
        reported_on=_day(row["created_at"]),
        due_on=row["due_on"],
        planned_on=row["planned_on"],
        done_on=_day(row["declared_done_at"]),
        closed_on=_day(row["closed_at"]),
        reopened=row["reopened"],
        by_night=row["by_night"],
        original=row["original__reference"] or "",
    )


def _day(moment: Any) -> Any:
    return moment and timezone.localtime(moment).date()
