"""A closed account leaves its name nowhere beside the money: letters, steps, freezes."""

from uuid import UUID

from ..models import DecisionStep, EnvelopeEvent, Letter, PaymentStep


def erase_names(person_ref: UUID) -> None:
    """Names go, what was done stays. A reading is kept by its day: it holds no key to who read."""
    Letter.objects.filter(sent_by=person_ref).update(sent_by_name="")
    EnvelopeEvent.objects.filter(by=person_ref).update(by_name="")
    for steps in (DecisionStep, PaymentStep):
        steps.objects.filter(by=person_ref).update(by_name="")
