"""The names beside the steps of interpellations, blanked when their account is closed."""

from uuid import UUID

from faubourg.contracts.models import Interpellation, InterpellationStep


def erase_names(person_ref: UUID) -> None:
    """Steps stay; nothing leads from a difficulty to the account that typed it any more."""
    InterpellationStep.objects.filter(by=person_ref).update(by_name="")
    Interpellation.objects.filter(entered_by=person_ref).update(entered_by=None)
