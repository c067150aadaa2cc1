"""What of a closed account stays on dossiers: the acts, without the name of who did them."""

from uuid import UUID

from ..models import Application, ApplicationStep, Piece


def erase_names(person_ref: UUID) -> None:
    """Names go; dossiers, their signature by value and their steps stay."""
    dossiers = Application.objects
    dossiers.filter(written_by=person_ref).update(written_by_name="")
    dossiers.filter(assisted_by=person_ref).update(assisted_by_name="")
    dossiers.filter(signed_by=person_ref).update(signed_by_name="")
    dossiers.filter(signature_asked_by=person_ref).update(signature_asked_by_name="")
    ApplicationStep.objects.filter(by=person_ref).update(by_name="")
    Piece.objects.filter(added_by=person_ref).update(added_by_name="")
