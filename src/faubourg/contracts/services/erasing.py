"""The names that this room wrote beside a decision, blanked when their account is closed."""

from uuid import UUID

from faubourg.contracts.models import (
    ActionNote,
    Analysis,
    Commitment,
    ContractNeighbourhood,
    ContractStep,
    Deliverable,
    Diagnosis,
    DiagnosisGrid,
    FundingEvent,
    FundingLine,
    Milestone,
)

# What must keep an author's name keeps these words instead of it.
SOMEBODY = "une personne habilitée"


def erase_names(person_ref: UUID) -> None:
    """Analyses and decisions stay; pages then say « une personne habilitée »."""
    Analysis.objects.filter(created_by=person_ref).update(created_by_name="")
    ContractNeighbourhood.objects.filter(decided_by=person_ref).update(decided_by_name="")
    FundingLine.objects.filter(added_by=person_ref).update(added_by_name=SOMEBODY)
    FundingEvent.objects.filter(by=person_ref).update(by_name=SOMEBODY)
    ActionNote.objects.filter(by=person_ref).update(by_name="")
    DiagnosisGrid.objects.filter(published_by=person_ref).update(published_by_name=SOMEBODY)
    Commitment.objects.filter(owner_ref=person_ref).update(owner_name="")
    ContractStep.objects.filter(by=person_ref).update(by_name="")
    Deliverable.objects.filter(person_ref=person_ref).update(person_name="")
    for dated in (Milestone, Deliverable, Diagnosis, Commitment):
        dated._default_manager.filter(due_read_by=person_ref).update(due_read_by_name=SOMEBODY)
