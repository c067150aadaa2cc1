"""A closed account leaves its acts on reports and photographs, without its name."""

from uuid import UUID

from ..models import (
    Arbitration,
    Check,
    News,
    Photo,
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
    # Also from what was already sent to them.
    sent = News.objects.filter(ticket__person__ref=person_ref).exclude(cause__startswith=OF_LATENESS)
    sent.update(to="")
    Ticket.objects.filter(person__ref=person_ref).update(
        contact="", contact_name="", contact_address="", answer_by=Ticket.Answer.NONE, person=None
    )
