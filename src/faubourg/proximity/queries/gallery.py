"""Before and after: repairs with a photograph of each, both looked at by somebody."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ..models import Area, Photo, Ticket
from .tickets import ROW

DONE = ("declared_done", "verified", "closed")
# What everybody may see: looked at, its rectangles burnt in, and still there.
SEEN = Q(validated_at__isnull=False, redacted__isnull=False, purged_on=None)


def seen_photos() -> "QuerySet[Photo]":
    """In the order in which they came."""
    return Photo.objects.filter(SEEN).order_by("pk")


def repairs(area: Area) -> "QuerySet[Ticket]":
    """The newest first; `seen` holds the photographs of each. Two queries a page."""
    photos = Photo.objects.filter(SEEN, ticket=OuterRef("pk"))
    found = Ticket.objects.filter(
        Exists(photos.filter(moment=Photo.Moment.BEFORE)),
        Exists(photos.filter(moment=Photo.Moment.AFTER)),
        area=area,
        state__in=DONE,
    )
    return with_photos(found).order_by("-declared_done_at", "-pk")


def with_photos(tickets: "QuerySet[Ticket]") -> "QuerySet[Ticket]":
    """Narrow rows, `seen` beside each."""
    rows = tickets.select_related("category", "partner", "neighbourhood")
    return rows.only(*ROW, "declared_done_at", "closed_at").prefetch_related(
        Prefetch("photos", seen_photos(), to_attr="seen")
    )


def pair_of(ticket: Ticket) -> tuple[Photo | None, Photo | None]:
    """The first before, the last after; needs `with_photos`."""
    seen: list[Photo] = ticket.seen  # type: ignore[attr-defined]
    befores = [one for one in seen if one.moment == Photo.Moment.BEFORE]
    afters = [one for one in seen if one.moment == Photo.Moment.AFTER]
    return befores[0] if befores else None, afters[-1] if afters else None
