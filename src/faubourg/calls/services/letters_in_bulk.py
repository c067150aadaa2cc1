"""The letters of a whole call: drafted at once, sent one after the other, each in its own transaction.

Beyond a few, a worker does it: each letter leaves once, even when the worker dies and begins again.
"""

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Exists, OuterRef

from faubourg.base import jobs
from faubourg.base.actor import Actor
from faubourg.base.models import Job
from faubourg.base.refusal import Conflict, Refused
from faubourg.people.access import Visitor

from ..models import Application, Call, Letter
from ..queries.applications import without_recused
from ..queries.letters import DRAFT, SEND, letters_of_call
from .letters import OTHERS, draft_letter, send_letter

TO_TELL = ("rejected", "adjourned", "funders_decided", "notified", "agreed", "running")
# Up to so many, the answer comes while one waits.
INLINE = 10
# A letter as it was read: its key, its version.
Read = tuple[int, int]
Through = Callable[[Sequence[int]], Iterable[int]]


def ask_to_draft(*, call: Call, person: Visitor, by: Actor) -> int | Job:
    """How many drafts were made, or the job that makes them when they are many."""
    waiting = to_draft(call, person)
    if len(waiting) <= INLINE:
        return draft_all(call=call, person=person, by=by)
    return jobs.enqueue(DRAFT, asked_by=by.ref, call=call.pk, by=str(by.ref or ""))


def ask_to_send(*, call: Call, person: Visitor, by: Actor) -> tuple[int, int] | Job:
    """How many left and stayed, or the job that sends them: those that are there now, as they were read."""
    rows = letters_of_call(call, person).filter(sent_at=None, funder=None).order_by("pk")
    letters = [(pk, version) for pk, version in rows.values_list("pk", "version")]
    if len(letters) <= INLINE:
        return send_all(call=call, person=person, letters=letters, by=by)
    return jobs.enqueue(SEND, asked_by=by.ref, call=call.pk, letters=letters, by=str(by.ref or ""))


def to_draft(call: Call, person: Visitor) -> list[int]:
    """The dossiers that have something new to hear and no draft yet, by their keys."""
    seen = without_recused(Application.objects.filter(call=call, state__in=TO_TELL), person)
    drafts = Letter.objects.filter(application=OuterRef("pk"), sent_at=None).exclude(kind__in=OTHERS)
    told = Letter.objects.filter(application=OuterRef("pk"), kind="adjourned")
    found = seen.exclude(Exists(drafts)).annotate(told=Exists(told)).exclude(state="adjourned", told=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def drafts_of(call: Call, person: Visitor) -> int:
    """How many drafts wait to be read and sent."""
    return letters_of_call(call, person).filter(sent_at=None, funder=None).count()


def draft_all(*, call: Call, person: Visitor, by: Actor, through: Through = iter) -> int:
    """One draft a dossier that has something new to hear and no draft yet; how many were made."""
    made = 0
    for pk in through(to_draft(call, person)):
        try:
            draft_letter(application=Application.objects.get(pk=pk), funder=None, by=by)
        except Refused:
            continue
        made += 1
    return made


def send_all(
    *, call: Call, person: Visitor, letters: Sequence[Read], by: Actor, through: Through = iter
) -> tuple[int, int]:
    """How many of these have left, how many stayed because they, or a decision, changed meanwhile.

    Run again, it sends what had not left: a letter that is sent is left alone, and counted once.
    """
    versions = dict(letters)
    for pk in through(list(versions)):
        letter = letters_of_call(call, person).filter(pk=pk, sent_at=None).first()
        if letter is None:
            continue
        try:
            send_letter(letter=letter, base_version=versions[pk], by=by)
        except (Refused, Conflict):
            continue
    gone = Letter.objects.filter(pk__in=versions, sent_at__isnull=False).count()
    return gone, len(versions) - gone
