"""Was it reported already? The open reports near a place, of the same theme, with how far and how old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from faubourg.rules.proximity.circuits import OPEN
from faubourg.rules.proximity.deadlines import day_in_paris
from faubourg.rules.proximity.likeness import MOST_WIDENED, Known, Near, Reach, Spot, nearby
from faubourg.rules.proximity.places import Point, box_around

from ..models import Category, Photo, Ticket

# Beyond that many in one street, the newest are enough to judge by.
_MOST_READ = 100


@dataclass(frozen=True, slots=True)
class Alike:
    """One report that may be the same; `photo` only when somebody validated it."""

    ticket: Ticket
    near: Near
    photo: Photo | None

    @property
    def days(self) -> int:
        """Whole days since it was reported."""
        return self.near.days


def alike_near(
    category: Category,
    lon: float,
    lat: float,
    accuracy_m: int | None,
    *,
    on: date,
    besides: int | None = None,
) -> list[Alike]:
    """At most five, the likeliest first; WGS 84, metres. Three queries."""
    reach = Reach(category.radius_m, category.age_days)
    kin = dict(Category.objects.filter(area=category.area_id, theme=category.theme).values_list("pk", "code"))
    here = Spot(category.code, Point(lon, lat), accuracy_m or 0, on)
    tickets = {
        str(one.pk): one for one in _around(category.area_id, list(kin), here, reach) if one.pk != besides
    }
    known = [
        Known(
            key,
            Spot(
                kin[one.category_id],
                Point(one.lon, one.lat),
                one.accuracy_m or 0,
                day_in_paris(one.created_at),
            ),
        )
        for key, one in tickets.items()
    ]
    families = dict.fromkeys(kin.values(), category.theme)
    return [
        Alike(tickets[near.key], near, next(iter(tickets[near.key].photos.all()), None))
        for near in nearby(here, known, reach, families)
    ]


def _around(area: int, categories: Sequence[int], here: Spot, reach: Reach) -> list[Ticket]:
    box = box_around(here.at, reach.radius_m * MOST_WIDENED)
    shown = Photo.objects.filter(validated_at__isnull=False, redacted__isnull=False, moment="before")
    since = timezone.make_aware(datetime.combine(here.on - timedelta(days=reach.age_days), time.min))
    found = Ticket.objects.filter(
        area=area,
        category__in=categories,
        lat__range=(box.south, box.north),
        lon__range=(box.west, box.east),
        state__in=OPEN,
        created_at__gte=since,
    )
    # The attribution that was proposed and what was typed weigh more than all the rest.
    related = found.select_related("category").defer("routing", "text", "attributes")
    related = related.prefetch_related(Prefetch("photos", shown))
    return list(related.order_by("-created_at")[:_MOST_READ])
