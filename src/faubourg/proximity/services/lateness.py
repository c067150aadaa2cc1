"""Lateness that climbs: the referent is told, then their hierarchy, then the coordination; once each."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from faubourg.rules.proximity.deadlines import Told, told_by

from ..models import AreaSeat, Ticket
from ..queries.referents import in_post, referents_of
from ..queries.waiting import late_on, told_already
from .attributing import place_of
from .news import OF_LATENESS, owe
from .repairing import close_by_silence


def silence(now: datetime) -> int:
    """The clock of silence, for the worker."""
    return close_by_silence(on=timezone.localdate(now))


def tell_lateness(now: datetime) -> int:
    """Tell each late report to whoever has to hear of it by now; how many messages were written."""
    day = timezone.localdate(now)
    late = late_on(day)
    told = told_already(late)
    return sum(_told(ticket, day, told) for ticket in late)


def _cause(ticket: Ticket, told: Told) -> str:
    """A new delay (reopened, another category) is told anew."""
    return f"{OF_LATENESS}{ticket.pk}:{ticket.due_on}:{told}"


def _told(ticket: Ticket, day: date, told: set[str]) -> int:
    assert ticket.due_on is not None
    owed = 0
    for step in told_by(ticket.due_on, day, place_of(ticket)):
        cause = _cause(ticket, step.told)
        if cause in told:
            continue
        with transaction.atomic():
            for rank, address in enumerate(_addresses(ticket, step.told)):
                subject, text = _words(ticket)
                told_as = cause if rank == 0 else f"{cause}:{rank}"
                owed += (
                    owe(
                        cause=told_as,
                        area=ticket.area,
                        ticket=ticket,
                        channel=Ticket.Answer.EMAIL,
                        to=address,
                        subject=subject,
                        text=text,
                    )
                    is not None
                )
    return owed


def _addresses(ticket: Ticket, told: Told) -> list[str]:
    """Those to whom this step speaks; the service's own address when nobody is in post."""
    partner = ticket.partner
    if partner is None:
        return []
    if told is Told.HIERARCHY:
        return [partner.chief_email] if partner.chief_email else []
    if told is Told.COORDINATOR:
        seats = AreaSeat.objects.filter(in_post(), area=ticket.area, task=AreaSeat.Task.COORDINATOR)
        return list(seats.values_list("person__email", flat=True).order_by("pk"))
    found = [one.email or (one.person.email if one.person else "") for one in referents_of(partner)]
    return [one for one in found if one] or ([partner.email] if partner.email else [])


def _words(ticket: Ticket) -> tuple[str, str]:
    """Subject and message, in French: nothing of what a resident typed."""
    with override("fr"):
        told = {
            "reference": ticket.reference,
            "category": ticket.category.name,
            "day": date_format(ticket.due_on, "DATE_FORMAT") if ticket.due_on else "",
            "address": reverse("ticket", args=[ticket.reference]),
        }
        subject = gettext("En retard : %(category)s (%(reference)s)") % told
        text = gettext(
            "Bonjour,\n\nLe signalement %(reference)s (%(category)s) devait être traité avant le %(day)s. "
            "Planifiez-le, déclarez-le fait ou dites qu’il n’est pas à vous, à l’adresse %(address)s de ce "
            "site."
        )
    return subject, text % told
