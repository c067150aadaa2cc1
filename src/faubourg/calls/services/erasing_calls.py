"""The name of a closed account leaves the calls and the rules that it wrote; what was decided stays."""

from uuid import UUID

from ..models import Call, CallStep, EnvelopeEvent, RuleSetVersion


def erase_names(person_ref: UUID) -> None:
    """Inside the transaction of the account that closes."""
    RuleSetVersion.objects.filter(written_by=person_ref).update(written_by_name="")
    Call.objects.filter(written_by=person_ref).update(written_by_name="")
    CallStep.objects.filter(by=person_ref).update(by_name="")
    EnvelopeEvent.objects.filter(by=person_ref).update(by_name="")
