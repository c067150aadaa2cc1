"""Who sees a photograph before it is public, who says what must be hidden."""

from datetime import date

from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict

from ..models import Area, Photo
from .areas import can_follow_area, can_run_area
from .tickets import can_read_workings
from .walks import is_public


def area_of(photo: Photo) -> Area:
    """Where it was taken."""
    if photo.ticket is not None:
        return photo.ticket.area
    assert photo.observation is not None
    return photo.observation.walk.area


def is_for_everybody(photo: Photo) -> bool:
    """Whether what was validated is shown to all: of a walk, once its public restitution shows it."""
    seen = photo.observation
    return seen is None or (seen.public and is_public(seen.walk))


def can_see_private(person: Visitor, photo: Photo, on: date | None = None) -> Verdict:
    """See it as it was sent: whoever reads what was written with it."""
    if photo.ticket is not None:
        return can_read_workings(person, photo.ticket, on)
    return can_follow_area(person, area_of(photo), on)


def can_redact(person: Visitor, photo: Photo, on: date | None = None) -> Verdict:
    """Hide faces and plates, say that it may be public, take that back: the area's team."""
    return can_run_area(person, area_of(photo), on)
