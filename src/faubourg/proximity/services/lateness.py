"""Lateness that climbs: the referent is told, then their hierarchy, then the coordination; once each. What
nobody has yet is late for the coordination at once.
"""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from faubourg.base.lasting import lasts_on
from faubourg.rules.proximity.deadlines import Told, told_by
from faubourg.rules.verdict import mark

from ..models import AreaSeat, Ticket
from ..queries.late import awaited_on, place_of
from ..queries.referents import referents_of
from ..queries.waiting import late_on, told_already
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


def _cause(ticket: Ticket, due: date, told: Told) -> str:
    """A new delay (reopened, another category) is told anew, and what somebody has at last too."""
    who = told if ticket.partner_id else f"nobody-{told}"
    return f"{OF_LATENESS}{ticket.pk}:{due}:{who}"


def _told(ticket: Ticket, day: date, told: set[str]) -> int:
    due = awaited_on(ticket)
    assert due is not None
    owed = 0
    for step in told_by(due, day, place_of(ticket.area)):
        cause = _cause(ticket, due, step.told)
        if cause in told:
            continue
        with transaction.atomic():
            for rank, address in enumerate(_addresses(ticket, step.told)):
                subject, text = _words(ticket, due)
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
        return _coordinators(ticket) if told is Told.REFERENT else []
    if told is Told.HIERARCHY:
        return [partner.chief_email] if partner.chief_email else []
    if told is Told.COORDINATOR:
        return _coordinators(ticket)
    found = [one.email or (one.person.email if one.person else "") for one in referents_of(partner)]
    return [one for one in found if one] or ([partner.email] if partner.email else [])


def _coordinators(ticket: Ticket) -> list[str]:
    seats = AreaSeat.objects.filter(lasts_on(), area=ticket.area, task=AreaSeat.Task.COORDINATOR)
    return list(seats.values_list("person__email", flat=True).order_by("pk"))


def _words(ticket: Ticket, due: date) -> tuple[str, str]:
    """Subject and message, in French: nothing of what a resident typed."""
    with override("fr"):
        told = {
            "reference": ticket.reference,
            "category": ticket.category.name,
            "day": date_format(due, "DATE_FORMAT"),
            "address": reverse("ticket", args=[ticket.reference]),
        }
        subject = gettext("En retard : %(category)s (%(reference)s)") % told
        text = gettext(_TEXTS.get(ticket.state, _TREATED))
    return subject, text % told


_TREATED = mark(
    "Bonjour,\n\nLe signalement %(reference)s (%(category)s) devait être traité avant le %(day)s. "
    "Planifiez-le, déclarez-le fait ou dites qu’il n’est pas à vous, à l’adresse %(address)s de ce "
    "site."
)
_NOBODY_HAS_IT = mark(
    "Bonjour,\n\nLe signalement %(reference)s (%(category)s) devait être traité avant le %(day)s et n’est "
    "attribué à personne. Qualifiez-le et attribuez-le, à l’adresse %(address)s de ce site."
)
_UNDECIDED = mark(
    "Bonjour,\n\nPersonne ne répond du lieu du signalement %(reference)s (%(category)s) et l’arbitrage "
    "était dû le %(day)s. Arbitrez-le, à l’adresse %(address)s de ce site."
)
_TEXTS = {"new": _NOBODY_HAS_IT, "qualified": _NOBODY_HAS_IT, "unowned": _UNDECIDED}
