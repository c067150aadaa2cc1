"""What a resident sends in one go: the report, its photograph, and whether it is the same as another."""

from datetime import datetime

from faubourg.base.actor import Actor
from faubourg.base.durable import durably

from ..models import Photo, Ticket
from . import waiting_photos
from .filing import Filing, file_now, once, same_now
from .photos import first_photo, keep_photo


def send_report(
    *, filing: Filing, photo: str = "", original: Ticket | None = None, by: Actor, at: datetime
) -> Ticket:
    """Keep all of it or nothing; sent again, it is the first one. `photo` is the token of a waiting one.

    Once this returns its number may be told: it is on the disk.

    Raises Refused as `file_ticket` and `keep_photo` do.
    """
    upload = waiting_photos.waiting(photo)

    def work(known: Ticket | None) -> Ticket:
        if known is not None:
            if upload is not None:
                keep_photo(owner=known, upload=upload, moment=Photo.Moment.BEFORE, by=by)
            return known
        if original is None:
            ticket = file_now(filing=filing, by=by, at=at)
        else:
            ticket = same_now(filing=filing, original=original, by=by, at=at)
        if upload is not None:
            first_photo(ticket=ticket, upload=upload, by=by)
        return ticket

    with durably():
        ticket = once(filing, work)
    # Not on commit: a photograph that stays behind is forgotten by itself.
    waiting_photos.drop(photo)
    return ticket
