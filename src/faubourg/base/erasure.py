"""A closed account leaves no name behind: each room says how to blank those it wrote beside a decision."""

from collections.abc import Callable
from uuid import UUID

# Blanks the names kept beside what this person did; what was done stays.
Eraser = Callable[[UUID], object]

_erasers: dict[str, Eraser] = {}


def register(room: str, eraser: Eraser) -> None:
    """Called at start-up by a room that keeps names; it must be able to run twice."""
    _erasers[room] = eraser


def erase(person_ref: UUID) -> None:
    """Every room blanks the names of this person; inside the transaction that closes the account."""
    for eraser in _erasers.values():
        eraser(person_ref)
