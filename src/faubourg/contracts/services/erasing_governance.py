"""The names that the governance wrote: of who sat, came, decided; blanked when their account is closed."""

from uuid import UUID

from faubourg.contracts.models import Attendance, DecisionItem, DecisionNote, Mandate


def erase_names(person_ref: UUID) -> None:
    """Mandates, presences and decisions stay; pages then say « une personne »."""
    Mandate.objects.filter(person_ref=person_ref).update(person_name="")
    Attendance.objects.filter(person_ref=person_ref).update(person_name="")
    DecisionItem.objects.filter(owner_ref=person_ref).update(owner_name="")
    DecisionItem.objects.filter(closed_by=person_ref).update(closed_by_name="")
    DecisionNote.objects.filter(by=person_ref).update(by_name="")
