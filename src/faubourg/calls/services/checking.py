"""Is a dossier complete: its pieces checked one by one, the missing ones asked for, the clock started."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, CompletionRequest, Letter, Piece
from ..queries.checking import completeness_of, last_received_on
from .moving import locked, move
from .routing import route_by_default

CHECKED_IN = frozenset({"submitted", "to_complete", "complete"})


@transaction.atomic
def check_piece(*, piece: Piece, accepted: bool, remark: str, by: Actor) -> Piece:
    """Accept one paper or refuse it with a remark; Refused once the dossier is being examined."""
    application = locked(piece.application)
    refuse_unless(_still_checked(application))
    if not accepted and not remark.strip():
        raise Refused(
            Verdict.no("remark", mark("Dites ce qui ne va pas dans cette pièce : le porteur le lira."))
        )
    held = locked(piece)
    held.accepted, held.remark = accepted, remark.strip()
    held.save(update_fields=["accepted", "remark"])
    journal.record(
        by=by,
        act="calls.piece_checked",
        kind="application",
        ref=str(application.pk),
        after={"piece": str(held), "accepted": _("oui") if accepted else _("non")},
        reason=held.remark,
    )
    return held


@transaction.atomic
def ask_pieces(
    *, application: Application, missing: Iterable[str], message: str, due_on: date, by: Actor
) -> CompletionRequest:
    """Ask for what is missing until a day, with a letter to send; the dossier goes back to its applicant.

    `missing`: codes of the rule set. Raises Refused when nothing is missing, or the day has passed.
    """
    held = locked(application)
    today = timezone.localdate()
    if due_on <= today:
        raise Refused(Verdict.no("due_on", mark("Laissez au moins un jour pour répondre.")))
    wanted = set(missing)
    told = [
        {"code": piece.code, "sentence": piece.sentence}
        for piece in completeness_of(held)
        if piece.code in wanted
    ]
    # The clock of silence starts again when the dossier is whole.
    held.complete_on = None
    given = {"deadline"} | ({"missing"} if told or message.strip() else set())
    move(held, APPLICATION, "ask-pieces", by=by, given=given, note=message)
    asked = CompletionRequest.objects.create(
        application=held,
        missing=told,
        message=message.strip(),
        asked_on=today,
        due_on=due_on,
        asked_by=by.ref,
        asked_by_name=by.name,
    )
    _letter(held, Letter.Kind.INCOMPLETE, _("Pièces à fournir"), _asking(asked))
    journal.record(
        by=by,
        act="calls.pieces_asked",
        kind="application",
        ref=str(held.pk),
        after={"missing": ", ".join(str(one["code"]) for one in told), "due": due_on.isoformat()},
    )
    return asked


@transaction.atomic
def declare_complete(*, application: Application, by: Actor, received_on: date | None = None) -> Application:
    """The two months of silence begin on the day when the last piece came (`received_on` says another).

    Raises Refused with each piece of the rules that is missing, refused, or that nobody checked.
    """
    held = locked(application)
    pieces = completeness_of(held)
    # A piece that nobody checked is unknown to the rule; for this act it is a no.
    unmet = tuple(replace(piece.reason, met=False) for piece in pieces if piece.reason.met is not True)
    refuse_unless(Verdict((*APPLICATION.may_start("complete", held.state).reasons, *unmet)))
    held.complete_on = received_on or last_received_on(held, pieces)
    if held.complete_on > timezone.localdate():
        raise Refused(Verdict.no("received_on", mark("Le dossier ne peut pas être complet demain.")))
    route_by_default(held)
    move(held, APPLICATION, "complete", by=by, given={"pieces"})
    held.completion_requests.filter(answered_on=None).update(answered_on=held.complete_on)
    journal.record(
        by=by,
        act="calls.clock_started",
        kind="application",
        ref=str(held.pk),
        after={"on": held.complete_on.isoformat()},
    )
    return held


@transaction.atomic
def declare_inadmissible(*, application: Application, reason: str, by: Actor) -> Application:
    """Out, with the reason that its letter gives; Refused without one or once it is being examined."""
    held = locked(application)
    move(held, APPLICATION, "refuse", by=by, note=reason.strip())
    _letter(held, Letter.Kind.INADMISSIBLE, _("Dossier irrecevable"), reason.strip())
    return held


@transaction.atomic
def start_examination(*, application: Application, by: Actor) -> Application:
    """From complete to examined: the services of the funders have it before them."""
    held = locked(application)
    move(held, APPLICATION, "examine", by=by)
    return held


def _still_checked(application: Application) -> Verdict:
    if application.state in CHECKED_IN:
        return Verdict.yes()
    return Verdict.no(
        "checked_before",
        mark("Les pièces se vérifient avant l’instruction ; ce dossier est {state}."),
        state=APPLICATION.states[application.state],
    )


def _letter(application: Application, kind: str, subject: str, body: str) -> Letter:
    number = application.number or ""
    return Letter.objects.create(
        application=application, kind=kind, subject=f"{subject} – {number}".strip(" –"), body=body
    )


def _asking(asked: CompletionRequest) -> str:
    lines = "\n".join(f"– {one['sentence']}" for one in asked.missing)
    day = date_format(asked.due_on, "DATE_FORMAT")
    parts = [asked.message, lines, _("À fournir au plus tard le %(day)s.") % {"day": day}]
    return "\n\n".join(part for part in parts if part)
