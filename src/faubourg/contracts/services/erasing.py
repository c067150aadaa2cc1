"""The names that this room wrote beside a decision, blanked when their account is closed."""

from uuid import UUID

from faubourg.contracts.models import Analysis, ContractNeighbourhood


def erase_names(person_ref: UUID) -> None:
    """Analyses and decisions stay; pages then say « une personne habilitée »."""
    Analysis.objects.filter(created_by=person_ref).update(created_by_name="")
    ContractNeighbourhood.objects.filter(decided_by=person_ref).update(decided_by_name="")
