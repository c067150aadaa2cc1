"""The contact details of residents who asked a fund go with time, or with their account."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ..models import FundMember, Microproject, MicroprojectStep
from ..queries.funds import to_forget

# A year after its end, nothing needs to reach whoever asked any more.
KEPT_DAYS = 365


def forget_contacts(now: datetime) -> int:
    """Erase the contact details of what ended long enough ago; returns how many."""
    found = [project.pk for project in to_forget(now, KEPT_DAYS)]
    day = timezone.localdate(now)
    return Microproject.objects.filter(pk__in=found).update(contact="", contact_name="", purged_on=day)


def erase_names(person_ref: UUID) -> None:
    """A closed account leaves no name on a committee, no contact on a request, no name beside a step."""
    MicroprojectStep.objects.filter(by=person_ref).update(by_name="")
    FundMember.objects.filter(person__ref=person_ref).update(name="")
    Microproject.objects.filter(person__ref=person_ref).update(contact="", contact_name="", person=None)
