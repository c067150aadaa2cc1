"""The names that this room wrote beside an act, blanked when their account is closed."""

from uuid import UUID

from faubourg.evaluation.models import AnnualReportStep, Opinion


def erase_names(person_ref: UUID) -> None:
    """Steps and opinions stay; pages then say « une personne habilitée »."""
    AnnualReportStep.objects.filter(by=person_ref).update(by_name="")
    Opinion.objects.filter(recorded_by=person_ref).update(recorded_by_name="")
