"""The report that a key opens, for whoever reported."""

from django.db.models import Prefetch

from ..models import Photo, Ticket, TicketStep

_STEPS = TicketStep.objects.order_by("pk")


def ticket_by_key(key: str) -> Ticket | None:
    """With its own steps and photographs, and the first report that it follows; None for another key."""
    found = Ticket.objects.select_related(
        "area__territory", "category", "spot", "neighbourhood", "original__category"
    ).prefetch_related(
        Prefetch("steps", _STEPS),
        Prefetch("original__steps", _STEPS),
        Prefetch("photos", Photo.objects.order_by("pk")),
    )
    return found.filter(key=key).first() if key else None
