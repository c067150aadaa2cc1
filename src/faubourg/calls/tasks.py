"""Long work of this room: an allocation of many dossiers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.base import jobs
from faubourg.base.actor import FAUBOURG
from faubourg.people.models import Person

from .models import Call
from .services.allocating import TASK, compute_allocation, from_json


@jobs.task(TASK)
def allocate_call(
    progress: jobs.Progress, *, call: int, typed: Mapping[str, Any], by: str
) -> dict[str, object]:
    """Compute and keep one proposal; run twice, it keeps two drafts that say the same."""
    progress.tell(_("Répartition"))
    found = Call.objects.get(pk=call)
    person = Person.objects.filter(ref=UUID(by)).first() if by else None
    kept = compute_allocation(call=found, typed=from_json(typed), by=person.actor if person else FAUBOURG)
    return {
        "sentence": _("Dossiers proposés : %(n)s.") % {"n": kept.told["retained"]},
        "url": reverse("allocation_proposal", args=[found.code, kept.pk]),
    }
