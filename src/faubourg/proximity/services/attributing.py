"""Who answers for a report: qualified, attributed, contested, arbitrated, shared between partners."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.base.text import printable
from faubourg.rules.proximity import deadlines
from faubourg.rules.proximity.circuits import REPORT
from faubourg.rules.verdict import Verdict, mark

from ..models import Arbitration, Category, Partner, Ticket, TicketNote, TicketPartner
from ..queries.late import place_of
from ..queries.referents import has_referent
from .moving import locked, move
from .news import tell_step

_ELSEWHERE = Verdict.no("other_area", mark("Ce partenaire répond pour un autre territoire."))
_NEVER_HERE = mark(
    "« {category} » relève d’un autre guichet : transmettez ce signalement, ne l’attribuez pas."
)


def promised(ticket: Ticket, category: Category, since: date) -> date:
    """The day that this category promises, counted from `since`."""
    delay = deadlines.Delay(category.code, category.working_days)
    return deadlines.due_on(category.code, since, [delay], place_of(ticket.area))


def wait_for_owner(held: Ticket, reason: str, *, contested_by: Partner | None = None) -> Arbitration:
    """Into the queue of places nobody owns, for the days of its area."""
    today = timezone.localdate()
    due_on = deadlines.arbitrate_by(today, place_of(held.area), held.area.arbitration_days)
    return Arbitration.objects.create(
        ticket=held, opened_on=today, due_on=due_on, contested_by=contested_by, reason=reason[:500]
    )


def qualify(
    *,
    ticket: Ticket,
    category: Category,
    severity: int | None,
    public_text: str,
    partner: Partner | None,
    base_version: int,
    by: Actor,
) -> Ticket:
    """Read it, say what everybody may read of it and how serious it is; attribute it at once if known.

    A category chosen again moves the deadline, counted from the day it came.
    """
    with transaction.atomic():
        held = locked(ticket, base_version)
        if category.pk != held.category_id:
            received = deadlines.day_in_paris(held.created_at)
            held.due_on = promised(held, category, received)
        held.category, held.severity = category, severity
        held.public_text = printable(public_text).strip()[:500]
        tell_step(held, move(held, REPORT, "qualify", by=by, step={"public": True}))
        if partner is not None:
            _assign(held, partner, "", by)
    return held


def assign(*, ticket: Ticket, partner: Partner, words: str, base_version: int, by: Actor) -> Ticket:
    """Give it to a partner that has a referent in post; again to another one before it is declared done."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        _assign(held, partner, words, by)
    return held


def _assign(held: Ticket, partner: Partner, words: str, by: Actor) -> None:
    refuse_unless(_may_answer(held, partner))
    held.partner = partner
    given = {"referent"} if has_referent(partner) else set()
    step = {"public": True, "partner": partner}
    tell_step(held, move(held, REPORT, "assign", by=by, given=given, note=words, step=step))


def _may_answer(held: Ticket, partner: Partner) -> Verdict:
    if partner.area_id != held.area_id:
        return _ELSEWHERE
    if held.category.desk:
        return Verdict.no("another_desk", _NEVER_HERE, category=held.category.name)
    return Verdict.yes()


def contest(*, ticket: Ticket, reason: str, base_version: int, by: Actor) -> Ticket:
    """The partner says that this ground is not its own: it goes to arbitration, ten days."""
    return _to_arbitration(ticket, "contest", reason, base_version, by)


def find_no_owner(*, ticket: Ticket, reason: str, base_version: int, by: Actor) -> Ticket:
    """Nobody owns this place: it waits in the queue of places without anybody, ten days."""
    return _to_arbitration(ticket, "find_no_owner", reason, base_version, by)


def _to_arbitration(ticket: Ticket, act: str, reason: str, base_version: int, by: Actor) -> Ticket:
    with transaction.atomic():
        held = locked(ticket, base_version)
        contested_by, held.partner, held.planned_on = held.partner, None, None
        step = move(held, REPORT, act, by=by, note=reason, step={"public": False, "partner": contested_by})
        wait_for_owner(held, printable(reason).strip(), contested_by=contested_by)
        tell_step(held, step)
    return held


def arbitrate(*, ticket: Ticket, partner: Partner, decision: str, base_version: int, by: Actor) -> Ticket:
    """Decide who answers for this place from now on, and why."""
    with transaction.atomic():
        held = locked(ticket, base_version)
        opened = held.arbitrations.select_for_update().filter(decided_on=None).first()
        if opened is None:
            raise Conflict
        refuse_unless(_may_answer(held, partner))
        held.partner = partner
        given = {"referent"} if has_referent(partner) else set()
        step = {"public": True, "partner": partner}
        moved = move(held, REPORT, "arbitrate", by=by, given=given, note=decision, step=step)
        opened.decided_on, opened.decided_for = timezone.localdate(), partner
        opened.decision = printable(decision).strip()[:500]
        opened.decided_by, opened.decided_by_name = by.ref, by.name
        opened.save()
        tell_step(held, moved)
    return held


def share(*, ticket: Ticket, partner: Partner, words: str, by: Actor) -> TicketPartner:
    """Ask another partner for its part of the work; asked twice, the words are those of the last time."""
    with transaction.atomic():
        held = locked(ticket)
        refuse_unless(_may_answer(held, partner))
        if partner.pk == held.partner_id:
            refuse_unless(Verdict.no("leads_already", mark("Ce partenaire répond déjà de ce signalement.")))
        words = printable(words).strip()[:300]
        made, _ = TicketPartner.objects.update_or_create(
            ticket=held, partner=partner, defaults={"words": words}
        )
        journal.record(
            by=by,
            act="proximity.ticket-shared",
            kind="ticket",
            ref=str(held.pk),
            after={"partner": partner.name, "words": words},
        )
    return made


def share_done(*, share: TicketPartner, words: str, by: Actor) -> TicketPartner:
    """That part is done; who leads still declares the whole."""
    with transaction.atomic():
        locked(share.ticket)
        share.done_on, share.done_words = timezone.localdate(), printable(words).strip()[:300]
        share.save(update_fields=["done_on", "done_words"])
        journal.record(
            by=by,
            act="proximity.ticket-shared",
            kind="ticket",
            ref=str(share.ticket_id),
            after={"partner": share.partner.name, "done": share.done_words, "on": share.done_on.isoformat()},
        )
    return share


def note(*, ticket: Ticket, text: str, by: Actor) -> TicketNote:
    """A message between the area's people; it moves nothing."""
    words = printable(text).strip()[:2000]
    if not words:
        refuse_unless(Verdict.no("note_empty", mark("Écrivez le message.")))
    with transaction.atomic():
        held = locked(ticket)
        made = held.notes.create(text=words, by=by.ref, by_name=by.name)
        journal.record(by=by, act="proximity.ticket-noted", kind="ticket", ref=str(held.pk))
    return made
