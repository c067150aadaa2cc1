"""What may be kept only for a time is erased when it is over, by the worker or by `faubourg forget`."""

import logging
from collections.abc import Callable
from datetime import datetime

# Erases what had to go by that moment; returns how many things went.
Chore = Callable[[datetime], int]

_chores: dict[str, Chore] = {}
_log = logging.getLogger(__name__)


def register(name: str, chore: Chore) -> None:
    """Called at start-up by the room that keeps such things; it may run at any time, twice as well."""
    _chores[name] = chore


def forget(now: datetime) -> dict[str, int]:
    """Run every chore; a failing one is logged and does not stop the others. Counts by name."""
    gone = {}
    for name, chore in _chores.items():
        try:
            gone[name] = chore(now)
        except OSError:
            _log.exception("could not forget %s", name)
    return gone
