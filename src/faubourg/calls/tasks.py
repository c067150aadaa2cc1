"""Long work of this room: an allocation of many dossiers, letters drafted and sent by the hundred."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faubourg.base import jobs
from faubourg.base.actor import FAUBOURG
from faubourg.base.refusal import refuse_unless
from faubourg.people.models import Person

from .access import can_run_call
from .models import Call
from .queries.calls import call_by_code
from .queries.letters import DRAFT, SEND
from .services import letters_in_bulk as letters_of
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


@jobs.task(DRAFT)
def draft_letters(progress: jobs.Progress, *, call: int, by: str) -> dict[str, object]:
    """A draft a dossier; run twice, it makes those that the first run had not made."""
    found, person = _asked(call, by)
    through = partial(progress.through, step=_("Brouillons"))
    letters_of.draft_all(call=found, person=person, by=person.actor, through=through)
    drafts = letters_of.drafts_of(found, person)
    said = ngettext("%(n)d courrier est à relire.", "%(n)d courriers sont à relire.", drafts)
    return {"sentence": said % {"n": drafts}, "url": reverse("call_letters", args=[found.code])}


@jobs.task(SEND)
def send_letters(
    progress: jobs.Progress, *, call: int, letters: Sequence[Sequence[int]], by: str
) -> dict[str, object]:
    """Each draft as it was read; run twice, what had left stays as it left."""
    found, person = _asked(call, by)
    through = partial(progress.through, step=_("Courriers"))
    read = [(pk, version) for pk, version in letters]
    gone, kept = letters_of.send_all(
        call=found, person=person, letters=read, by=person.actor, through=through
    )
    said = [ngettext("%(n)d courrier est parti.", "%(n)d courriers sont partis.", gone) % {"n": gone}]
    if kept:
        stay = ngettext(
            "%(n)d brouillon reste : sa décision a changé, refaites-le.",
            "%(n)d brouillons restent : leur décision a changé, refaites-les.",
            kept,
        )
        said.append(stay % {"n": kept})
    return {"sentence": " ".join(said), "url": reverse("call_letters", args=[found.code])}


def _asked(call: int, by: str) -> tuple[Call, Person]:
    """The call and who asked, who still runs it: a role may have ended since."""
    found = call_by_code(Call.objects.values_list("code", flat=True).get(pk=call))
    person = Person.objects.get(ref=UUID(by))
    assert found is not None
    refuse_unless(can_run_call(person, found))
    return found, person
