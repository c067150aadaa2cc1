"""Who takes notes on a walk: whoever was asked to, with an account or by the key of the invitation, and
whoever runs its area.
"""

from datetime import date

from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark

from ..models import Walk, WalkGuest
from .areas import can_run_area, needs


def note_taker(walk: Walk, key: str) -> WalkGuest | None:
    """The guest of this walk whose key this is, if they take notes."""
    return walk.guests.filter(key=key, takes_notes=True).first() if key else None


def can_take_notes(person: Visitor, walk: Walk, key: str = "", on: date | None = None) -> Verdict:
    """Prepare the notebook of a walk, send what was noted: never refused because it comes late."""
    if note_taker(walk, key) is not None:
        return Verdict.yes()
    if key and not isinstance(person, Person):
        return Verdict.no("key_closed", _KEY)
    asked = isinstance(person, Person) and walk.guests.filter(person=person, takes_notes=True).exists()
    return needs(
        person,
        asked or can_run_area(person, walk.area, on).ok is True,
        "note_takers_only",
        mark(
            "Vous ne prenez pas de notes sur « {walk} » : demandez-le à l’équipe de {area}, ou confiez-lui "
            "le fichier de vos notes."
        ),
        walk=walk.title,
        area=walk.area.name,
    )


_KEY = mark(
    "Cette adresse n’ouvre plus le carnet de cette marche : demandez-en une autre à l’équipe, ou confiez-lui "
    "le fichier de vos notes."
)
