"""Our states as GeoReport knows them: open until it is closed, whoever says that it is done."""

from collections.abc import Iterable

from ..proximity.circuits import REPORT, SETTLED
from ..verdict import mark

OPEN, CLOSED = "open", "closed"
STATUSES = (OPEN, CLOSED)
# What an application shows beside « open » or « closed »; other states say nothing more than their name.
NOTES = {
    "declared_done": mark("Déclaré fait, à vérifier par un habitant ou un relais."),
    "unowned": mark("On cherche qui est responsable de ce lieu."),
    "duplicate": mark("Déjà signalé : suivi avec le premier signalement."),
    "referred": mark("Transmis au guichet compétent."),
}


def status_of(state: str) -> str:
    """« open » or « closed ». Raises KeyError for a state of another circuit."""
    if not state or state not in REPORT.states:
        raise KeyError(state)
    return CLOSED if state in SETTLED else OPEN


def states_of(statuses: Iterable[str]) -> tuple[str, ...]:
    """The states that have one of these statuses; all of them when none is asked for."""
    asked = set(statuses) or set(STATUSES)
    return tuple(state for state in REPORT.states if state and status_of(state) in asked)


def note_of(state: str) -> str:
    """A French sentence or the name of the state, to translate."""
    return NOTES.get(state, REPORT.states[state])
