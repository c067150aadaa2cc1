"""Letters: drafted from the decisions, edited, sent in the applicant's space, their first reading noted.

A letter that is sent is kept as a PDF with its hash and no longer changes; a change is another letter.
"""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls.circuits import APPLICATION, FUNDER_DECISION
from faubourg.rules.verdict import Verdict, mark

from ..letter_pdf import letter_pdf
from ..letter_text import Text, text_of
from ..models import Application, CallFunder, FunderDecision, Letter
from ..queries.letters import covered
from .funder_decisions import lock_decisions
from .granted import follow_line
from .moving import locked, move
from .opening_reports import open_reports

KIND = "letter"
TO_NOTIFY = ("voted", "frozen")
# Of the examination, the reports, the recoveries: they notify nothing, no decision changes them.
OTHERS = (Letter.Kind.INCOMPLETE, Letter.Kind.INADMISSIBLE, Letter.Kind.REMINDER, Letter.Kind.RECOVERY)
_NOTHING = mark(
    "Il n’y a pas encore de décision à écrire : le jury, puis les financeurs, se prononcent d’abord."
)
_OLD = mark("Une décision a changé depuis ce brouillon : refaites la lettre, puis relisez-la.")
_SENT = mark("Cette lettre est partie : elle ne change plus. Écrivez-en une nouvelle.")


def draft_letter(*, application: Application, funder: CallFunder | None, by: Actor) -> Letter:
    """A draft from the decisions as they are now; it takes the place of one that was not sent."""
    with transaction.atomic():
        held = locked(application)
        text = text_of(held, funder)
        if text is None:
            raise Refused(Verdict.no("decisions", _NOTHING))
        held.letters.filter(funder=funder, sent_at=None).exclude(kind__in=OTHERS).delete()
        letter = Letter.objects.create(
            application=held, funder=funder, kind=text.kind, subject=text.subject[:200], body=text.body
        )
        journal.record(
            by=by,
            act="calls.letter_drafted",
            kind=KIND,
            ref=str(letter.pk),
            after={"subject": letter.subject, "letter_kind": str(letter.get_kind_display())},
        )
    return letter


def edit_letter(*, letter: Letter, subject: str, body: str, base_version: int, by: Actor) -> Letter:
    """The words of a draft; Conflict when somebody saved in between."""
    with transaction.atomic():
        found = locked(letter, base_version)
        if found.sent_at:
            raise Refused(Verdict.no("sent", _SENT))
        found.subject, found.body = subject.strip()[:200], body.strip()
        found.version += 1
        found.save()
        journal.record(
            by=by, act="calls.letter_edited", kind=KIND, ref=str(found.pk), after={"subject": found.subject}
        )
    return found


def send_letter(*, letter: Letter, base_version: int, by: Actor) -> Letter:
    """Show it in the applicant's space: kept as it was read, its decisions notified that day."""
    content = letter_pdf(letter)
    with transaction.atomic():
        application = locked(letter.application)
        found = locked(letter, base_version)
        if found.sent_at:
            raise Refused(Verdict.no("sent", _SENT))
        notifies = found.kind not in OTHERS
        covers = covered(application, found.funder_id).values_list("pk", flat=True) if notifies else []
        decisions = lock_decisions(covers)
        _still_true(found, decisions, application)
        name = f"courrier-{application.number or application.pk}-{found.pk}.pdf"
        upload = SimpleUploadedFile(name, content, content_type="application/pdf")
        found.document = documents.keep(upload=upload, purpose="letter", by=by)
        found.sent_at, found.sent_by, found.sent_by_name = timezone.now(), by.ref, by.name[:150]
        found.version += 1
        found.save()
        journal.record(
            by=by,
            act="calls.letter_sent",
            kind=KIND,
            ref=str(found.pk),
            after={"subject": found.subject, "hash": found.document.sha256},
        )
        if notifies:
            _notify(application, decisions, by)
    return found


def _still_true(letter: Letter, decisions: list[FunderDecision], application: Application) -> None:
    """What the letter says is still what was decided, and it is not empty."""
    if not (letter.subject.strip() and letter.body.strip()):
        raise Refused(Verdict.no("body", mark("La lettre est vide : écrivez-la, ou refaites-la.")))
    if letter.kind in OTHERS:
        return
    now: Text | None = text_of(application, letter.funder)
    moved = any(
        step.recorded_at > letter.created_at for decision in decisions for step in decision.steps.all()
    )
    if now is None or now.kind != letter.kind or moved:
        raise Refused(Verdict.no("decisions", _OLD))


def _notify(application: Application, decisions: list[FunderDecision], by: Actor) -> None:
    today = timezone.localdate()
    for decision in decisions:
        if decision.state in TO_NOTIFY:
            decision.notified_on = today
            move(decision, FUNDER_DECISION, "notify", by=by, given={"letter"})
            follow_line(decision, by)
    waiting = application.decisions.filter(state__in=TO_NOTIFY).exists()
    if application.state == "rejected" or (application.state == "funders_decided" and not waiting):
        application.notified_on = today
        move(application, APPLICATION, "notify", by=by, given={"letter"})
    open_reports(application=application, by=by)


def read_letter(*, letter: Letter, name: str) -> bool:
    """The first opening by somebody of the organisation; True when it was the first."""
    return bool(
        Letter.objects.filter(pk=letter.pk, sent_at__isnull=False, read_at=None).update(
            read_at=timezone.now(), read_by_name=name[:150]
        )
    )
