"""The report that a key opens, for whoever reported."""

from django.db.models import Prefetch

from faubourg.base.models import Document

from ..models import Check, Photo, Ticket, TicketStep

_STEPS = TicketStep.objects.order_by("pk")
_PHOTOS = Photo.objects.select_related("document", "redacted", "check_of").order_by("pk")


def ticket_by_key(key: str) -> Ticket | None:
    """With its own steps and photographs, and the first report that it follows; None for another key."""
    found = Ticket.objects.select_related(
        "area__territory", "category", "spot", "neighbourhood", "original__category"
    ).prefetch_related(
        Prefetch("steps", _STEPS),
        Prefetch("original__steps", _STEPS),
        Prefetch("photos", _PHOTOS),
    )
    return found.filter(key=key).first() if key else None


def document_for_reporter(photo: Photo) -> Document | None:
    """What whoever reported sees of a photograph: their own as it was sent, another one once validated."""
    own = photo.moment == Photo.Moment.BEFORE or (
        photo.check_of is not None and photo.check_of.who == Check.Who.REPORTER
    )
    if own:
        return photo.document
    return photo.redacted if photo.validated_at else None
