"""An application of the town files a report with its key: once whatever is sent twice, nothing fetched.

Of what GeoReport lets an application tell of somebody, only what is needed to write to them is kept:
`device_id` and `account_id` are dropped.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from secrets import token_urlsafe
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from faubourg.base.actor import Actor
from faubourg.base.durable import durably
from faubourg.rules.open311 import Filing as Told
from faubourg.rules.open311 import Problem, read_filing
from faubourg.rules.open311.problems import bad
from faubourg.rules.open311.query import scalar
from faubourg.rules.verdict import mark

from ..models import ApiKey, Area, Category, FiledRequest, Spot, Ticket
from ..queries.open311 import definition_of, offered
from .filing import TRIES, Filing, file_now
from .open311_keys import judge_day, judge_key
from .photos import first_photo, sent_hash
from .reachable import Answer, Contact, judge_contact

# An answer that was lost is asked again soon: the same call within that time is the same report.
AGAIN = timedelta(minutes=10)
# « Somewhere in the town »: where an address alone is put, until somebody reads it.
SOMEWHERE_M = 5_000
# What receives an SMS; any other number is called.
_MOBILE = ("06", "07", "+")
_NAMESPACE = uuid.UUID("8d1f7c52-6f0a-5b0e-9a3c-64f3a1c0b311")
Params = Mapping[str, Sequence[str]]
Upload = UploadedFile[Any]


class Unfit(Exception):
    """A call that cannot be served, with each reason."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.reason.sentence for problem in problems))


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrived: the parameters as they were typed, the jurisdiction they name, the photograph."""

    params: Params
    jurisdiction: str = ""
    media: Upload | None = None


def file_request(*, sent: Sent, at: datetime) -> FiledRequest:
    """The report that is kept, or the one that the same call made a moment ago.

    Raises Unfit with every mistake of the call, Refused when the area does not take it (elsewhere, closed,
    no photograph): then nothing is kept.
    """
    with durably():
        for _again in range(TRIES):
            # The number that was drawn may be taken: another one is.
            with suppress(IntegrityError), transaction.atomic():
                return _file_request(sent, at)
        with transaction.atomic():
            return _file_request(sent, at)


def _file_request(sent: Sent, at: datetime) -> FiledRequest:
    # The key is locked: two calls of one application are judged one after the other.
    key = judge_key(scalar(sent.params, "api_key"), sent.jurisdiction)
    if isinstance(key, Problem):
        raise Unfit(key)
    categories = {one.code: one for one in offered(key.area)}
    asked = {code: definition_of(one) for code, one in categories.items()}
    told, problems = read_filing(sent.params, asked)
    if problems:
        raise Unfit(*problems)
    filing = _filing(key.area, categories[told.service_code], told)
    return _file_once(key, filing, told.media_url, sent, at)


def _file_once(key: ApiKey, filing: Filing, media_url: str, sent: Sent, at: datetime) -> FiledRequest:
    client_id, before = (_client_id(key, sent, at - late) for late in (timedelta(0), AGAIN))
    known, today = _before(key, (client_id, before), at)
    if known:
        return key.filed.select_related("ticket__category", "api_key").get(pk=known)
    too_many = judge_day(key, today)
    if too_many is not None:
        raise Unfit(too_many)
    by = Actor(ref=None, name=key.label)
    ticket = file_now(filing=replace(filing, client_id=client_id), by=by, at=at)
    if media_url:
        ticket.notes.create(text=_said_of(media_url), by_name=key.label)
    if sent.media is not None:
        first_photo(ticket=ticket, upload=sent.media, by=by)
    return FiledRequest.objects.create(ticket=ticket, api_key=key, token=token_urlsafe(24))


def _before(key: ApiKey, calls: Sequence[uuid.UUID], at: datetime) -> tuple[int | None, int]:
    """What the same call filed, if it did, and how many this key filed today; one query."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    filed = key.filed.filter(filed_at__gte=min(midnight, at - 2 * AGAIN)).aggregate(
        known=Max("pk", filter=Q(ticket__client_id__in=calls)),
        today=Count("pk", filter=Q(filed_at__gte=midnight)),
    )
    return filed["known"], filed["today"]


def _client_id(key: ApiKey, sent: Sent, at: datetime) -> uuid.UUID:
    """What the same call gives again within the same ten minutes."""
    params = {name: list(values) for name, values in sorted(sent.params.items()) if name != "api_key"}
    media = sent_hash(sent.media) if sent.media is not None else ""
    moment = int(at.timestamp() // AGAIN.total_seconds())
    call = json.dumps([key.pk, moment, params, media]).encode()
    return uuid.uuid5(_NAMESPACE, hashlib.sha256(call).hexdigest())


def _filing(area: Area, category: Category, told: Told) -> Filing:
    """As every way in files a report; its `client_id` comes with the key."""
    answers = told.attributes.items()
    filing = Filing(
        area=area,
        category=category,
        lon=told.lon or 0.0,
        lat=told.lat or 0.0,
        client_id=_NAMESPACE,
        text=told.description,
        place_words=told.address_string,
        channel=Ticket.Channel.OPEN311,
        attributes={code: values[0] if len(values) == 1 else [*values] for code, values in answers},
        contact=contact_of(told),
    )
    return filing if told.lat is not None else replace(filing, **_place_of(area, told))


def _place_of(area: Area, told: Told) -> dict[str, Any]:
    """Where an address is: that of one of our codes, else somewhere in the town, to be read by the team."""
    if told.address_id:
        spot = Spot.objects.filter(area=area, key=told.address_id, active=True).first()
        if spot is not None:
            return {"lon": spot.lon, "lat": spot.lat, "spot": spot}
        if not told.address_string:
            sentence = mark("Aucun point de signalement ne porte le code « {told} » : dites lat et long.")
            raise Unfit(bad("address", sentence, told=told.address_id[:80]))
    place = area.territory
    if place.lon is None or place.lat is None:
        raise Unfit(bad("address", mark("Ce serveur ne sait pas situer une adresse : dites lat et long.")))
    return {"lon": place.lon, "lat": place.lat, "accuracy_m": SOMEWHERE_M}


def contact_of(told: Told) -> Contact:
    """By e-mail, else by telephone when it can be dialled: a number badly written never loses a report."""
    name = f"{told.first_name} {told.last_name}".strip()
    dialled = Contact(Answer.SMS, told.phone).tidied().address
    by_phone = Answer.SMS if dialled.startswith(_MOBILE) else Answer.PHONE
    for way, address in ((Answer.EMAIL, told.email), (by_phone, dialled)):
        contact = Contact(way, address, name).tidied()
        if address and judge_contact(contact).ok:
            return contact
    return Contact()


def _said_of(url: str) -> str:
    """For the team, as it was typed and never fetched: the address may lead anywhere."""
    with translation.override("fr"):
        words = _("Lien vers une photo, donné par l’application et non vérifié : %(url)s") % {"url": url}
    return words[:2000]


def notice_of(filed: FiledRequest, told: Mapping[str, Sequence[str]]) -> str:
    """What the person should be told at once by their application; empty when all is plain."""
    ticket = filed.ticket
    notices = []
    if ticket.category.desk:
        notices.append(_("Ce guichet s’en occupe : %(desk)s.") % {"desk": ticket.category.desk})
    if ticket.accuracy_m == SOMEWHERE_M:
        notices.append(_("Le lieu est à préciser : l’équipe lira l’adresse."))
    if ticket.answer_by == Answer.NONE and any(told.get("phone", ())):
        notices.append(_("Le numéro de téléphone n’a pas été compris : personne ne sera prévenu."))
    return " ".join(notices)
