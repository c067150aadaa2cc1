"""What is personal goes on schedule: contacts, what was typed, pictures nobody made public, originals."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from faubourg.base import documents
from faubourg.rules.expiry import add_months
from faubourg.rules.proximity.circuits import SETTLED
from faubourg.rules.proximity.retention import SCHEDULE, Keeping, Life, What, purges

from ..models import Area, Check, News, Photo, Ticket, TicketStep
from ..queries.tickets import BY_RESIDENTS
from .redacting import drop_files

# A round does so many of each kind; the next one goes on.
_MOST = 500


def schedule_of(area: Area) -> tuple[Keeping, ...]:
    """The shared schedule, contacts kept as long as this area says."""
    return tuple(
        replace(one, months=area.retention_months) if one.what is What.CONTACT else one for one in SCHEDULE
    )


def life_of(ticket: Ticket) -> Life:
    """The days of a report that count; settled when nothing is awaited any more.

    Whoever reported the same is told of the first report: theirs ends with it.
    """
    followed = ticket.original if ticket.state == "duplicate" and ticket.original else ticket
    settled = followed.state in SETTLED
    ended = followed.closed_at or followed.updated_at
    return Life(
        received_on=timezone.localdate(ticket.created_at),
        settled_on=timezone.localdate(ended) if settled else None,
    )


def purge(now: datetime) -> int:
    """Every kind, area by area; how many things went. May run at any time, twice as well."""
    day = timezone.localdate(now)
    return sum(_purge_area(area, day) for area in Area.objects.order_by("pk"))


def _purge_area(area: Area, day: date) -> int:
    schedule = {one.what: one for one in schedule_of(area)}
    contacts = _due(area, schedule[What.CONTACT], day).filter(_SOMEBODY)
    words = _due(area, schedule[What.FREE_TEXT], day).filter(~Q(text="") | ~Q(place_words=""))
    gone = sum(_purge_ticket(one, schedule[What.CONTACT], day) for one in contacts[:_MOST])
    gone += sum(_purge_ticket(one, schedule[What.FREE_TEXT], day) for one in words[:_MOST])
    return gone + sum(_purge_photo(one, schedule, day) for one in _old_photos(area, schedule, day))


_SOMEBODY = ~Q(contact="") | ~Q(contact_name="") | ~Q(contact_address="") | Q(person__isnull=False)


def _ended(keeping: Keeping, day: date, prefix: str = "") -> Q:
    """Reports of which this may have to go that day: settled long enough ago, or very old."""
    since = add_months(day, -keeping.months)
    same = Q(**{f"{prefix}state": "duplicate", f"{prefix}original__isnull": False})
    due = (~same & _settled(since, prefix)) | (same & _settled(since, f"{prefix}original__"))
    if keeping.longest is None:
        return due
    return due | Q(**{f"{prefix}created_at__date__lte": add_months(day, -keeping.longest)})


def _settled(since: date, prefix: str) -> Q:
    closed = Q(**{f"{prefix}closed_at__date__lte": since})
    other = Q(**{f"{prefix}closed_at": None, f"{prefix}updated_at__date__lte": since})
    return Q(**{f"{prefix}state__in": SETTLED}) & (closed | other)


def _due(area: Area, keeping: Keeping, day: date) -> "QuerySet[Ticket]":
    return Ticket.objects.filter(_ended(keeping, day), area=area).order_by("pk")


def _purge_ticket(ticket: Ticket, keeping: Keeping, day: date) -> int:
    """Judged by the rules under the lock: somebody may have opened it again meanwhile."""
    with transaction.atomic():
        held = Ticket.objects.select_for_update().get(pk=ticket.pk)
        if not purges(life_of(held), day, {keeping.what}, (keeping,)):
            return 0
        if keeping.what is What.CONTACT:
            _forget_contact(held, day)
        else:
            _forget_words(held)
        kept = {name: getattr(held, name) for name in _PERSONAL}
        Ticket.objects.filter(pk=held.pk).update(**kept)
    return 1


_PERSONAL = (
    "contact", "contact_name", "contact_address", "person", "answer_by", "text", "place_words",
    "purged_on",
)  # fmt: skip


def _forget_contact(ticket: Ticket, day: date) -> None:
    # Residents with an account are named beside what they reported, checked and opened again.
    refs = {ticket.person.ref} if ticket.person else set()
    said = ticket.checks.exclude(who=Check.Who.TEAM).values_list("by", flat=True)
    refs |= {ref for ref in said if ref is not None}
    ticket.steps.filter(by__in=refs, move__in=BY_RESIDENTS).update(by=None, by_name="")
    ticket.checks.filter(by__in=refs).update(by=None, by_name="")
    ticket.contact = ticket.contact_name = ticket.contact_address = ""
    ticket.person, ticket.answer_by, ticket.purged_on = None, Ticket.Answer.NONE, day
    News.objects.filter(ticket=ticket).update(to="", text="", subject="", error="")


def _forget_words(ticket: Ticket) -> None:
    ticket.text = ticket.place_words = ""
    ticket.checks.update(text="")
    ticket.notes.all().delete()
    # What a resident said when it was opened again; public reasons stay.
    TicketStep.objects.filter(ticket=ticket, public=False).update(note="")


def _old_photos(area: Area, schedule: Mapping[What, Keeping], day: date) -> "QuerySet[Photo]":
    """Never made public and of a report long settled, or public for so long that the original may go."""
    private = Q(validated_at=None) & _ended(schedule[What.PRIVATE_PHOTO], day, "ticket__")
    redacted_since = add_months(day, -schedule[What.UNREDACTED_PHOTO].months)
    public = Q(validated_at__date__lte=redacted_since) & ~Q(document=F("redacted"))
    found = Photo.objects.filter(private | public, ticket__area=area, document__isnull=False)
    return found.select_related("ticket__original").order_by("pk")[:_MOST]


def _purge_photo(photo: Photo, schedule: Mapping[What, Keeping], day: date) -> int:
    assert photo.ticket is not None
    return purge_photo(photo, life_of(photo.ticket), schedule.values(), day)


def purge_photo(photo: Photo, life: Life, schedule: Collection[Keeping], day: date) -> int:
    """The picture that nobody made public goes, or the original of the one that is; how many went."""
    with transaction.atomic():
        # Judged under the lock: somebody may have looked at it, or taken it back, meanwhile.
        photo = Photo.objects.select_for_update().get(pk=photo.pk)
        redacted_on = timezone.localdate(photo.validated_at) if photo.validated_at else None
        held = {What.UNREDACTED_PHOTO} if redacted_on else {What.PRIVATE_PHOTO}
        if not purges(replace(life, redacted_on=redacted_on), day, held, schedule):
            return 0
        if photo.validated_at is None:
            drop_files(photo)
            return 1
        original, photo.document = photo.document, photo.redacted
        photo.save(update_fields=["document"])
        if original is not None:
            documents.forget(original)
    return 1
