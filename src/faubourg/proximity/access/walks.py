"""Who prepares a walk, who takes notes on it, who reads its notes; a key opens one invitation and no more."""

from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark

from ..models import Walk
from .areas import can_follow_area, can_run_area, needs

# From the moment it is confirmed until its minutes are validated.
NOTING = ("confirmed", "done", "minutes_draft")
# What everybody may read.
PUBLIC = ("restored", "followed", "reviewed")


def can_prepare_walk(person: Visitor, walk: Walk) -> Verdict:
    """Write it, invite, validate, publish: whoever runs its area."""
    return can_run_area(person, walk.area)


def can_follow_walk(person: Visitor, walk: Walk) -> Verdict:
    """Read what was seen, never who was there: whoever follows its area."""
    return can_follow_area(person, walk.area)


def takes_notes(person: Visitor, walk: Walk) -> bool:
    """Whether this account was chosen to take notes; one query."""
    return isinstance(person, Person) and walk.guests.filter(person=person, takes_notes=True).exists()


def can_take_notes(person: Visitor, walk: Walk) -> Verdict:
    """Write observations: its note-takers, and whoever runs the area."""
    return needs(
        person,
        can_run_area(person, walk.area).ok is True or takes_notes(person, walk),
        "note_takers_only",
        mark(
            "Les observations de « {walk} » sont notées par les personnes choisies pour cela : demandez à "
            "l’équipe de proximité d’en être."
        ),
        walk=walk.title,
    )


def is_public(walk: Walk) -> bool:
    """Whether its public account may be read."""
    return walk.state in PUBLIC
