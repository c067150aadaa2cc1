"""A closed account leaves its acts on reports and photographs, without its name."""

from uuid import UUID

from ..models import (
    Arbitration,
    Check,
    Photo,
    TfpbEvidence,
    TfpbStep,
    TfpbYear,
    Ticket,
    TicketNote,
    TicketStep,
    Translation,
)

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
    Ticket.objects.filter(person__ref=person_ref).update(
        contact="", contact_name="", contact_address="", answer_by=Ticket.Answer.NONE, person=None
    )
