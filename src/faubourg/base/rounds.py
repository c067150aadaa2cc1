"""What time alone brings about: small chores that rooms register and the worker does again and again.

    CLOCKS.register("proximity-silence", close_by_silence)
    SOON.register("proximity-news", take_up)

A chore may run at any time, twice as well, and beside people: it does what is due and costs little otherwise.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

# Does what is due at that moment; returns how many things it did.
Chore = Callable[[datetime], int]
_log = logging.getLogger(__name__)


class Rounds:
    """Chores done one after the other; one that fails stops no other."""

    def __init__(self) -> None:
        self._chores: dict[str, Chore] = {}

    def register(self, name: str, chore: Chore) -> None:
        """Called at start-up by the room that owns it."""
        self._chores[name] = chore

    def go(self, now: datetime) -> dict[str, int]:
        """Do each once; how many things each did. A failing one is logged."""
        done = {}
        for name, chore in self._chores.items():
            try:
                done[name] = chore(now)
            except Exception:
                # Whatever it is: news, letters and deadlines wait behind it.
                _log.exception("could not do %s", name)
        return done


def once_a_day(chore: Chore) -> Chore:
    """For a chore that reads much: once a day of Paris in each process, and again when the worker starts."""
    done: set[date] = set()

    def run(now: datetime) -> int:
        today = timezone.localdate(now)
        if today in done:
            return 0
        count = chore(now)
        done.clear()
        done.add(today)
        return count

    return run


# The worker does these without being asked; `faubourg clocks` does them where there is no worker.
# Silence that closes, lateness that is told: every minute.
CLOCKS = Rounds()
# What somebody waits for, a message about their report: every few seconds, cheap when nothing waits.
SOON = Rounds()
