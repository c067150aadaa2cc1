"""A report comes in: kept first, once whatever is sent twice, with its number, its deadline and who should
answer; what was typed is never lost, and nothing of it is public.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.text import printable
from faubourg.people.models import Person
from faubourg.rules.proximity.circuits import REPORT, SETTLED
from faubourg.rules.proximity.circuits.report import ORIGINAL
from faubourg.rules.proximity.deadlines import Delay, day_in_paris, due_on, moment_at
from faubourg.rules.verdict import Verdict, mark
from faubourg.rules.working_days import Place

from ..models import Area, Category, Spot, Ticket
from ..queries.inside import Around, around_point
from ..references import new_reference
from .moving import keep, locked, move
from .news import tell_step
from .reachable import Contact, judge_contact
from .routing import route_at

WITHOUT_ACCOUNT = Actor(ref=None, name="une personne sans compte")
LONGEST_TEXT = 4000
LONGEST_PLACE = 300
MOST_ANSWERS = 40
TRIES = 6
# Nobody of the team types these: they come from outside.
_FROM_OUTSIDE = (Ticket.Channel.WEB, Ticket.Channel.QR)
# Typed by somebody of the area for somebody else.
_TAKEN = (Ticket.Channel.PHONE, Ticket.Channel.DESK, Ticket.Channel.AGENT, Ticket.Channel.WALK)
_TOO_LATE = (*SETTLED, "declared_done", "verified")
NIGHT = range(6, 22)


@dataclass(frozen=True, slots=True)
class Filing:
    """What is reported. Degrees (WGS 84), metres; `client_id` is made by whoever sends it, before sending.

    `by_night` None: told by the hour. `attributes`: answers to the questions of the category, by code.
    """

    area: Area
    category: Category
    lon: float
    lat: float
    client_id: UUID
    accuracy_m: int | None = None
    text: str = ""
    place_words: str = ""
    spot: Spot | None = None
    channel: str = Ticket.Channel.WEB
    language: str = "fr"
    by_night: bool | None = None
    severity: int | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    contact: Contact = field(default_factory=Contact)
    referral_consent: bool = False
    person: Person | None = None


def file_ticket(*, filing: Filing, by: Actor, at: datetime) -> Ticket:
    """Keep a report and return it; the same `client_id` again returns the first one, unchanged.

    Raises Refused: another area's category, a place elsewhere, a contact that cannot be reached.
    """
    return once(filing, lambda known: known or file_now(filing=filing, by=by, at=at))


def once(filing: Filing, work: Callable[[Ticket | None], Ticket]) -> Ticket:
    """Do `work` in one transaction: with None, then, if the same was kept before, with the one that was.

    The first try costs nothing more than its own writing: the database refuses a second `client_id`, and a
    number of a report that is taken, which is drawn again.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return work(None)
        except IntegrityError as error:
            taken = error
        except Refused:
            # The first sending was kept: what became impossible since is not said of it.
            if (known := filed_before(filing)) is None:
                raise
            with transaction.atomic():
                return work(known)
        if (known := filed_before(filing)) is not None:
            with transaction.atomic():
                return work(known)
    raise taken


def filed_before(filing: Filing) -> Ticket | None:
    """The one that was sent before with the same `client_id`; Refused when it is another area's."""
    known = Ticket.objects.filter(client_id=filing.client_id).select_related("area", "category").first()
    if known is not None and known.area_id != filing.area.pk:
        refuse_unless(
            Verdict.no("filing-known", mark("Cette page a déjà servi ailleurs : ouvrez-en une nouvelle."))
        )
    return known


def file_now(*, filing: Filing, by: Actor, at: datetime, told: bool = True) -> Ticket:
    """Insert it, inside the transaction of `once`; `told` False: its reporter is told by whoever calls.

    Raises IntegrityError when it was kept before.
    """
    tidy = _tidied(filing)
    around = around_point(tidy.area, tidy.lon, tidy.lat)
    refuse_unless(judge_filing(tidy, around))
    ticket = _drawn_up(tidy, around, by, at)
    step = keep(ticket, REPORT, "file", by=by, on=day_in_paris(at), step={"public": True})
    if told:
        tell_step(ticket, step)
    return ticket


def file_same(*, filing: Filing, original: Ticket, by: Actor, at: datetime) -> Ticket:
    """« C’est le même »: one more person saw it; theirs follows the first report and they are told of it.

    When the first one is settled or declared done meanwhile, theirs stands by itself: whoever comes after the
    work has no say in its closing, and what is still there is news. Raises as `file_ticket`.
    """
    return once(filing, lambda known: known or same_now(filing=filing, original=original, by=by, at=at))


def same_now(*, filing: Filing, original: Ticket, by: Actor, at: datetime) -> Ticket:
    """The same, inside the transaction of `once`."""
    first = locked(original.original or original)
    if first.area_id != filing.area.pk or first.state in _TOO_LATE:
        return file_now(filing=filing, by=by, at=at)
    ticket = file_now(filing=filing, by=by, at=at, told=False)
    ticket.original = first
    tell_step(ticket, move(ticket, REPORT, "mark_duplicate", by=by, on=day_in_paris(at), given={ORIGINAL}))
    return ticket


def judge_filing(filing: Filing, around: Around) -> Verdict:
    """Each reason why it cannot be kept as it is, beside its field."""
    reasons = [
        *judge_contact(filing.contact).reasons,
        *(reason for verdict in (_category(filing), _place(filing, around)) for reason in verdict.reasons),
    ]
    return Verdict(tuple(reasons))


def _category(filing: Filing) -> Verdict:
    category, area = filing.category, filing.area
    if category.area_id != area.pk or not category.active:
        return Verdict.no("filing-category", mark("Choisissez ce qui ne va pas dans la liste."))
    if not area.open and filing.channel in (*_FROM_OUTSIDE, Ticket.Channel.OPEN311):
        return Verdict.no(
            "filing-closed",
            mark("« {area} » ne prend pas de signalement en ligne en ce moment."),
            area=area.name,
        )
    return Verdict.yes()


def _place(filing: Filing, around: Around) -> Verdict:
    lon, lat = filing.lon, filing.lat
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # a NaN is nowhere either
        return Verdict.no("filing-place", mark("Ce lieu n’est pas sur la carte : choisissez-le de nouveau."))
    if filing.spot is not None and filing.spot.area_id != filing.area.pk:
        return Verdict.no("filing-spot", mark("Ce code est celui d’un autre territoire."))
    if not around.inside:
        return Verdict.no(
            "filing-elsewhere",
            mark("Ce lieu n’est pas dans « {area} » : choisissez un lieu de ce territoire."),
            area=filing.area.name,
        )
    return Verdict.yes()


def _tidied(filing: Filing) -> Filing:
    """Without signs that nobody sees; what is longer than the column is cut, never refused."""
    told = dict(list(filing.attributes.items())[:MOST_ANSWERS])
    return replace(
        filing,
        text=printable(filing.text).strip()[:LONGEST_TEXT],
        place_words=" ".join(printable(filing.place_words).split())[:LONGEST_PLACE],
        attributes=told,
        contact=filing.contact.tidied(),
        accuracy_m=None if filing.accuracy_m is None else min(max(filing.accuracy_m, 0), 100_000),
    )


def _drawn_up(filing: Filing, around: Around, by: Actor, at: datetime) -> Ticket:
    """The row to insert, before its number and its first step."""
    area, category, contact = filing.area, filing.category, filing.contact
    taken = filing.channel in _TAKEN
    place = Place.ALSACE_MOSELLE if area.alsace_moselle else Place.FRANCE
    night = moment_at(at, place).hour not in NIGHT if filing.by_night is None else filing.by_night
    told = {
        name: getattr(filing, name)
        for name in (
            "area", "category", "lon", "lat", "client_id", "accuracy_m", "text", "place_words", "spot",
            "channel", "language", "severity", "referral_consent", "person",
        )
    }  # fmt: skip
    proposal = route_at(
        area, category, filing.lon, filing.lat, filing.accuracy_m, at=at, consented=filing.referral_consent
    )
    return Ticket(
        **told,
        reference=new_reference(),
        routing=proposal.kept(at),
        attributes=dict(filing.attributes),
        by_night=night,
        neighbourhood_id=around.neighbourhood,
        due_on=due_on(category.code, day_in_paris(at), [Delay(category.code, category.working_days)], place),
        answer_by=contact.answer_by,
        contact_name=contact.name,
        contact=contact.address,
        contact_address=contact.postal,
        taken_by=by.ref if taken else None,
        taken_by_name=by.name if taken else "",
        created_at=at,
        state="",
        version=0,
    )
