"""A report that is not repaired here: a duplicate, refused with a public reason, sent to the right desk."""

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.base.text import printable
from faubourg.rules.proximity.circuits import REPORT
from faubourg.rules.verdict import Verdict, mark

from ..models import Arbitration, Ticket
from .moving import locked, move
from .news import tell_step

_ITSELF = Verdict.no("duplicate_of_itself", mark("Un signalement n’est pas le doublon de lui-même."))
_ELSEWHERE = Verdict.no("duplicate_elsewhere", mark("Le premier signalement est d’un autre territoire."))


def mark_duplicate(*, ticket: Ticket, original: Ticket, base_version: int | None, by: Actor) -> Ticket:
    """Attach it to the first report of the same thing, which tells its reporter from then on.

    Those already attached to this one follow it: a duplicate is never of a duplicate.
    """
    with transaction.atomic():
        held, first = _both(ticket, original, base_version)
        if first.pk == held.pk:
            refuse_unless(_ITSELF)
        elif first.area_id != held.area_id:
            refuse_unless(_ELSEWHERE)
        held.original = first
        _drop_arbitration(held, by)
        held.duplicates.update(original=first)
        tell_step(
            held, move(held, REPORT, "mark_duplicate", by=by, given={"original"}, step={"public": True})
        )
    return held


def _both(ticket: Ticket, original: Ticket, base_version: int | None) -> tuple[Ticket, Ticket]:
    """The report and the first one of the same thing, as they are now, locked in one order."""
    named = Ticket.objects.filter(pk=original.pk).values_list("original_id", flat=True).get()
    pks = sorted({ticket.pk, named or original.pk})
    found = {one.pk: one for one in Ticket.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    held, first = found[ticket.pk], found[named or original.pk]
    stale = base_version is not None and held.version != base_version
    # Somebody made the first one a duplicate before it was locked.
    if stale or (first.original_id is not None and first.pk != held.pk):
        raise Conflict
    return held, first


def undo_duplicate(*, ticket: Ticket, reason: str, base_version: int | None, by: Actor) -> Ticket:
    """It was something else after all."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        held.original = None
        tell_step(held, move(held, REPORT, "undo_duplicate", by=by, note=reason, step={"public": False}))
    return held


def refuse(*, ticket: Ticket, reason: str, base_version: int | None, by: Actor) -> Ticket:
    """Not dealt with, and everybody reads why."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        held.public_reason = printable(reason).strip()[:500]
        _drop_arbitration(held, by)
        step = {"public": True, "partner": held.partner}
        tell_step(held, move(held, REPORT, "refuse", by=by, note=reason, step=step))
    return held


def refer(*, ticket: Ticket, desk: str, consented: bool, base_version: int | None, by: Actor) -> Ticket:
    """Pass it on to the desk that deals with it, once the person accepted."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        held.referral_consent = held.referral_consent or consented
        told = printable(desk).strip()[:200] or held.category.desk
        given = ({"desk"} if told else set()) | ({"consent"} if held.referral_consent else set())
        held.public_reason = told
        _drop_arbitration(held, by)
        tell_step(held, move(held, REPORT, "refer", by=by, given=given, note=told, step={"public": True}))
    return held


def reconsider(*, ticket: Ticket, reason: str, base_version: int | None, by: Actor) -> Ticket:
    """What was refused or passed on comes back."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        held.public_reason = ""
        tell_step(held, move(held, REPORT, "reconsider", by=by, note=reason, step={"public": False}))
    return held


def _drop_arbitration(held: Ticket, by: Actor) -> None:
    """Nothing is left to decide about who answers: the open arbitration goes, the journal keeps the move."""
    Arbitration.objects.filter(ticket=held, decided_on=None).delete()
