"""What whoever reported may still do with the key of their report: be left in peace, have it forgotten."""

from django.db import transaction
from django.db.models import QuerySet

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.text import printable

from ..models import News, Ticket
from .moving import locked
from .news import OF_LATENESS


def silence(*, ticket: Ticket, by: Actor) -> Ticket:
    """No more news; what waits to be sent is not sent. The address stays until it is erased."""
    with transaction.atomic():
        held = locked(ticket)
        if held.answer_by != Ticket.Answer.NONE:
            before = held.get_answer_by_display()
            held.answer_by = Ticket.Answer.NONE
            held.save(update_fields=["answer_by", "updated_at"])
            _unsent(held).delete()
            journal.record(
                by=by, act="proximity.silenced", kind="ticket", ref=str(held.pk),
                before={"channel": before}, after={"channel": held.get_answer_by_display()},
            )  # fmt: skip
    return held


def erase_contact(*, ticket: Ticket, by: Actor) -> Ticket:
    """Name, address and number go, also from what was already sent; the report stays."""
    with transaction.atomic():
        held = locked(ticket)
        held.answer_by = Ticket.Answer.NONE
        held.contact_name = held.contact = held.contact_address = ""
        held.save(update_fields=["answer_by", "contact_name", "contact", "contact_address", "updated_at"])
        _unsent(held).delete()
        _theirs(held).update(to="")
        journal.record(by=by, act="proximity.contact-erased", kind="ticket", ref=str(held.pk))
    return held


def _unsent(held: Ticket) -> QuerySet[News]:
    waiting = (News.State.WAITING, News.State.TO_PRINT, News.State.TO_CALL, News.State.FAILED)
    return _theirs(held).filter(state__in=waiting)


def _theirs(held: Ticket) -> QuerySet[News]:
    """Not what a partner is told of its lateness."""
    return News.objects.filter(ticket=held).exclude(cause__startswith=OF_LATENESS)


def what_is_seen(typed: str) -> str:
    """A word of a resident, without signs that nobody sees."""
    return printable(typed).strip()[:2000]
