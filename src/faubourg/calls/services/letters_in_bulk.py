"""The letters of a whole call: drafted at once, sent one after the other, each in its own transaction."""

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.people.access import Visitor

from ..models import Application, Call, Letter
from ..queries.applications import without_recused
from ..queries.letters import letters_of_call
from .letters import OTHERS, draft_letter, send_letter

TO_TELL = ("rejected", "adjourned", "funders_decided", "notified", "agreed", "running")


def draft_all(*, call: Call, person: Visitor, by: Actor) -> int:
    """One draft a dossier that has something new to hear and no draft yet; how many were made."""
    seen = without_recused(Application.objects.filter(call=call, state__in=TO_TELL), person)
    drafts = Letter.objects.filter(application__call=call, sent_at=None).exclude(kind__in=OTHERS)
    made = 0
    for application in seen.exclude(pk__in=drafts.values("application")).order_by("pk"):
        if application.state == "adjourned" and application.letters.filter(kind="adjourned").exists():
            continue
        try:
            draft_letter(application=application, funder=None, by=by)
        except Refused:
            continue
        made += 1
    return made


def send_all(*, call: Call, person: Visitor, by: Actor) -> tuple[int, int]:
    """How many left, how many stayed because a decision changed since they were drafted."""
    gone = kept = 0
    for letter in letters_of_call(call, person).filter(sent_at=None, funder=None).order_by("pk"):
        try:
            send_letter(letter=letter, base_version=letter.version, by=by)
        except (Refused, Conflict):
            kept += 1
        else:
            gone += 1
    return gone, kept
