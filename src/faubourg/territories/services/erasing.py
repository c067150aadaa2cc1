"""The names that this room wrote beside a decision, blanked when their account is closed."""

from uuid import UUID

from faubourg.territories.models import Correction, PathStep, PerimeterChange

# Kept in the language of the data, like every value; pages word it through the tag `author`.
NOBODY = "une personne habilitée"


def erase_names(person_ref: UUID) -> None:
    """Corrections and steps stay, decided by somebody who is no longer named."""
    for model in (Correction, PathStep):
        model.objects.filter(decided_by_ref=person_ref).update(decided_by=NOBODY)
    PerimeterChange.objects.filter(recorded_by_ref=person_ref).update(recorded_by=NOBODY)
