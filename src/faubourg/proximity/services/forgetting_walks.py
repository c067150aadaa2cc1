"""Who walked is forgotten in time, or with their account; what was seen and proposed stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from faubourg.rules.proximity.retention import SCHEDULE, Life, What, purges

from ..models import News, Observation, Photo, Walk, WalkGuest, WalkStep
from ..models.walk import new_key
from .purging import purge_photo
from .walk_guests import cause_of

_NAMED = (
    Q(guests__name__gt="")
    | Q(guests__email__gt="")
    | Q(guests__person__isnull=False)
    | Q(observations__taken_by_name__gt="")
)
_RAW = Q(observations__text__gt="") | Q(observations__proposal__gt="")
# A round does so many; the next one goes on.
_MOST = 500


def forget_walkers(now: datetime) -> int:
    """Erase who walked, then what was written as it was typed, when their time is over; how many walks."""
    day = timezone.localdate(now)
    gone = 0
    for walk in _dated(Walk.objects.filter(_NAMED | _RAW).distinct()):
        due = {purge.what for purge in purges(_life(walk), day, {What.WALKERS, What.FREE_TEXT})}
        if due:
            gone += _forget(walk, due)
    return gone


def _dated(walks: "QuerySet[Walk]") -> Any:
    """With the day of the review, which closes a walk."""
    return walks.annotate(reviewed=Max("steps__on", filter=Q(steps__after="reviewed"))).order_by("pk")


def _life(walk: Any) -> Life:
    received = timezone.localdate(walk.created_at)
    return Life(received, settled_on=walk.reviewed, reviewed_on=walk.reviewed)


def _forget(walk: Walk, due: set[What]) -> bool:
    with transaction.atomic():
        told = 0
        if What.WALKERS in due:
            for guest in walk.guests.exclude(name="", email="", person=None):
                # The key goes too: an old message opens nothing any more.
                guest.name, guest.email, guest.person, guest.key = "", "", None, new_key()
                guest.save(update_fields=["name", "email", "person", "key"])
                _silence(guest)
                told += 1
            told += walk.observations.exclude(taken_by_name="").update(taken_by_name="", taken_by=None)
        if What.FREE_TEXT in due:
            # Those gathered under another, and those that nobody read again, as well.
            raw = walk.observations.exclude(text="", proposal="")
            told += raw.update(text="", proposal="")
    return bool(told)


def forget_photos(now: datetime) -> int:
    """Pictures of a walk that nobody made public, then the originals of those that are; how many went."""
    day = timezone.localdate(now)
    left = Photo.objects.filter(observation__isnull=False, document__isnull=False)
    left = left.exclude(validated_at__isnull=False, document=F("redacted"))
    lives = {walk.pk: _life(walk) for walk in _dated(Walk.objects.filter(observations__photos__in=left))}
    gone = 0
    for photo in left.select_related("observation").order_by("pk"):
        if photo.observation is not None and photo.observation.walk_id in lives and gone < _MOST:
            gone += purge_photo(photo, lives[photo.observation.walk_id], SCHEDULE, day)
    return gone


def _silence(guest: WalkGuest) -> None:
    """The messages that invited them hold their address and their key."""
    News.objects.filter(cause__startswith=cause_of(guest)).update(to="", text="")


def erase_names(person_ref: UUID) -> None:
    """A closed account leaves no name on a list of guests, beside a note or beside a step."""
    for guest in WalkGuest.objects.filter(person__ref=person_ref):
        guest.name, guest.email, guest.person, guest.key = "", "", None, new_key()
        guest.save(update_fields=["name", "email", "person", "key"])
        _silence(guest)
    Observation.objects.filter(taken_by=person_ref).update(taken_by_name="")
    WalkStep.objects.filter(by=person_ref).update(by_name="")
