"""Being told by e-mail of what moves in an area: confirmed by a link, once a day, left by a link in each."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from faubourg.rules.proximity.circuits import REPORT
from faubourg.territories.models import Territory

from ..models import Area, AreaAlert, Category, News, Ticket, TicketStep
from ..queries.feed import MOST_TOLD, alerts_to_tell, moved_for
from .news import owe

# What was begun a moment ago may still be written by somebody: it is told the next day.
MARGIN = timedelta(minutes=10)
EVERY = timedelta(hours=20)
UNCONFIRMED_DAYS = 7
TOLD_DAYS = 30


def subscribe(
    *, area: Area, email: str, territory: Territory | None, category: Category | None, at: datetime
) -> AreaAlert:
    """Note what somebody asks for and send them a link; nothing else is sent before they follow it.

    Asked again, it is the same alert; the link is sent at most once a day, and not to who confirmed.
    """
    with transaction.atomic():
        alert, _made = AreaAlert.objects.get_or_create(
            area=area,
            email=email.strip().lower(),
            territory=territory,
            category=category,
            defaults={"key": secrets.token_urlsafe(18)},
        )
        if alert.confirmed_at is None:
            owe(
                cause=f"area-alert:{alert.pk}:confirm:{timezone.localdate(at).isoformat()}",
                area=area,
                channel=Ticket.Answer.EMAIL,
                to=alert.email,
                subject=_("Confirmez votre alerte : {name}").format(name=area.name),
                text=_(
                    "Quelqu’un a demandé à recevoir ici les signalements de « {name} ».\n"
                    "Si c’est vous, confirmez : {url}\nSinon, ne faites rien : rien d’autre ne sera envoyé."
                ).format(name=area.name, url=link_of(alert)),
            )
    return alert


def confirm(*, alert: AreaAlert, at: datetime) -> AreaAlert:
    """From now on it is told; twice is once."""
    with transaction.atomic():
        held = AreaAlert.objects.select_for_update().get(pk=alert.pk)
        if held.confirmed_at is None:
            held.confirmed_at = held.told_until = at
            held.save(update_fields=["confirmed_at", "told_until"])
    return held


def leave(*, alert: AreaAlert) -> None:
    """Nothing more is sent, and the address is forgotten, in the messages that were sent as well."""
    with transaction.atomic():
        News.objects.filter(cause__startswith=f"area-alert:{alert.pk}:").delete()
        AreaAlert.objects.filter(pk=alert.pk).delete()


def tell(now: datetime) -> int:
    """Once a day, to each what moved since the last time; nothing when nothing did. How many were told."""
    waiting = alerts_to_tell(now - EVERY).values_list("pk", flat=True)
    return sum(_tell(pk, now - MARGIN) for pk in list(waiting))


def forget(now: datetime) -> int:
    """Addresses that nobody confirmed within a week, and messages of a month ago."""
    cold = AreaAlert.objects.filter(confirmed_at=None, created_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    old = News.objects.filter(cause__startswith="area-alert:", created_at__lt=now - timedelta(days=TOLD_DAYS))
    return cold.delete()[0] + old.delete()[0]


def link_of(alert: AreaAlert) -> str:
    """The whole address where one confirms and leaves."""
    return f"{settings.SITE_URL}{reverse('area_alert', args=[alert.key])}"


def _tell(pk: int, until: datetime) -> int:
    with transaction.atomic():
        alert = AreaAlert.objects.select_for_update(of=("self",)).select_related("area").filter(pk=pk).first()
        if alert is None or alert.told_until is None or alert.told_until >= until:
            return 0
        steps = moved_for(alert, alert.told_until, until)
        if steps:
            owe(
                cause=f"area-alert:{pk}:{alert.told_until.isoformat()}",
                area=alert.area,
                channel=Ticket.Answer.EMAIL,
                to=alert.email,
                subject=_("Du nouveau : {name}").format(name=alert.area.name),
                text=_text(alert, steps),
            )
        alert.told_until = until
        alert.save(update_fields=["told_until"])
    return int(bool(steps))


def _text(alert: AreaAlert, steps: list[TicketStep]) -> str:
    lines = [_line(step) for step in steps]
    if len(steps) == MOST_TOLD:
        lines.append(
            _("Et d’autres encore : {url}").format(
                url=f"{settings.SITE_URL}{reverse('area_map', args=[alert.area.code])}"
            )
        )
    return "\n".join([*lines, "", _("Ne plus recevoir ces messages : {url}").format(url=link_of(alert))])


def _line(step: TicketStep) -> str:
    one = step.ticket
    place = f", {one.neighbourhood.name}" if one.neighbourhood else ""
    address = f"{settings.SITE_URL}{reverse('ticket', args=[one.reference])}"
    state = _("signalé") if step.after == "qualified" else _(REPORT.states[step.after])
    return f"- {one.category.name}{place}, {state} : {one.public_text}\n  {address}"
