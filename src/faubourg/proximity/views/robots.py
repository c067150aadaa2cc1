"""What is sent without an account comes from people: a hidden field that only programmes fill, and a pace.

An address has its own pace, and waits; the town is never closed: when very much arrives, whoever sends is
asked to wait a moment and to send again what the page still holds.
"""

from ipaddress import ip_address, ip_network
from typing import Literal

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from faubourg.base import pace
from faubourg.people.lockout import address_of
from faubourg.people.models import Person

from ..forms.reporting import Told
from ..models import Area, Ticket

# A field that no page shows; a programme fills whatever has a name.
TRAP = "website"
# Of one address: more than a whole building would send.
MOST_AN_HOUR = 40
# Of one town, without an account: beyond, each is sent twice, so many seconds apart.
MANY_AN_HOUR = 120
PATIENCE_S, LONGEST_PATIENCE_S = 20, 86_400
_PATIENCE = signing.TimestampSigner(salt="faubourg.proximity.patience")


def is_robot(request: HttpRequest) -> bool:
    """Whether the trap was filled."""
    return bool(request.POST.get(TRAP))


def too_fast(request: HttpRequest, what: str = "sent") -> bool:
    """Whether this address sent more in an hour than a whole building would; one query.

    `what` is counted apart: what is sent for good, photographs that wait.
    """
    return pace.one_more(_of_address(request, what))[0] > MOST_AN_HOUR


def pace_of_report(request: HttpRequest, area: Area, told: Told) -> Literal["", "flood", "slow"]:
    """« flood »: this address sent too much; « slow »: much arrives, and this page did not wait yet; one
    query. A report that was kept already is never told to wait; what a flood sends slows nobody else down.
    """
    of_town = f"proximity:area:{area.pk}"
    address, town = pace.one_more(_of_address(request, "sent"), of_town)
    hurried: Literal["", "flood", "slow"] = ""
    if address > MOST_AN_HOUR:
        pace.one_less(of_town)
        hurried = "flood"
    elif town > MANY_AN_HOUR and not isinstance(request.user, Person) and (_age(told) or 0) < PATIENCE_S:
        hurried = "slow"
    return "" if hurried and Ticket.objects.filter(client_id=told.uuid).exists() else hurried


def patience_of(told: Told) -> str:
    """What the page carries while somebody waits: since when, for this report; one that runs is kept."""
    return told.patience if _age(told) is not None else _PATIENCE.sign(told.client_id)


def _age(told: Told) -> float | None:
    """Seconds since this report was told to wait; None when it was not, or too long ago."""
    try:
        if _PATIENCE.unsign(told.patience, max_age=LONGEST_PATIENCE_S) != told.client_id:
            return None
    except signing.BadSignature:
        return None
    return timezone.now().timestamp() - signing.b62_decode(told.patience.rsplit(":", 2)[1])


def _of_address(request: HttpRequest, what: str) -> str:
    return f"proximity:{what}:{_network_of(address_of(request) or '')}"


def _network_of(address: str) -> str:
    """A line at home has a /64 of IPv6 to itself, and as many addresses as it likes."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((known, 64), strict=False).network_address) if known.version == 6 else address
