"""The names written beside signatures, amendments and posts, blanked when their account is closed."""

from uuid import UUID

from faubourg.contracts.models import Amendment, ContractStep, Post, Signatory


def erase_names(person_ref: UUID) -> None:
    """What was signed, drafted and held stays; an empty holder is a vacancy, which is seen."""
    Signatory.objects.filter(recorded_by=person_ref).update(recorded_by_name="")
    Amendment.objects.filter(drafted_by=person_ref).update(drafted_by_name="")
    Post.objects.filter(person_ref=person_ref).update(person_name="")
    ContractStep.objects.filter(by=person_ref).update(by_name="")
