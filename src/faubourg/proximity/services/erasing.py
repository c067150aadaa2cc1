"""A closed account leaves its acts on reports and photographs, without its name; its posts end."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from ..models import (
    Arbitration,
    AreaSeat,
    Check,
    News,
    Photo,
    Referent,
    TfpbEvidence,
    TfpbStep,
    TfpbYear,
    Ticket,
    TicketNote,
    TicketStep,
    Translation,
)
from .news import OF_LATENESS

_NAMED = (
    (Ticket, "taken_by", "taken_by_name"),
    (TicketStep, "by", "by_name"),
    (TicketNote, "by", "by_name"),
    (Check, "by", "by_name"),
    (Arbitration, "decided_by", "decided_by_name"),
    (Photo, "validated_by", "validated_by_name"),
    (Translation, "validated_by", "validated_by_name"),
    (TfpbStep, "by", "by_name"),
    (TfpbYear, "town_signed_by", "town_signed_by_name"),
    (TfpbYear, "state_signed_by", "state_signed_by_name"),
    (TfpbEvidence, "added_by", "added_by_name"),
)


def erase_names(person_ref: UUID) -> None:
    """Every column that holds the name of this person."""
    for model, ref, name in _NAMED:
        model._default_manager.filter(**{ref: person_ref}).update(**{name: ""})
    _leave_posts(person_ref)
    # Also from what was already sent to them.
    sent = News.objects.filter(ticket__person__ref=person_ref).exclude(cause__startswith=OF_LATENESS)
    sent.update(to="", error="")
    Ticket.objects.filter(person__ref=person_ref).update(
        contact="", contact_name="", contact_address="", answer_by=Ticket.Answer.NONE, person=None
    )


def _leave_posts(person_ref: UUID) -> None:
    """Nobody answers any more where they did: the post is vacant at once, its function stays."""
    today = timezone.localdate()
    eve = today - timedelta(days=1)
    seats = AreaSeat.objects.filter(person__ref=person_ref)
    seats.filter(since__gt=eve).delete()
    seats.filter(until=None).update(until=eve)
    seats.filter(until__gt=eve).update(until=eve)
    posts = Referent.objects.filter(person__ref=person_ref)
    News.objects.filter(to__in=posts.exclude(email="").values("email"), cause__startswith=OF_LATENESS).update(
        to="", error=""
    )
    posts.filter(since__gt=eve).delete()
    posts.filter(until=None).update(until=eve)
    posts.filter(until__gt=eve).update(until=eve)
    posts.update(name="", email="", phone="", person=None)
