"""The index of this process: read once, then only what changed, checked at each search by one small query."""

import threading

from django.db import connection
from django.db.models import QuerySet

from faubourg.base.models import SearchClock, SearchEntry

from .segment import Row, Segment

_COLUMNS = ("id", "kind", "ref", "folded_title", "weight", "words")
# Beyond this many changes the two segments become one again.
_MOST_RECENT = 2_000


class Memory:
    """`segments` is replaced, never changed in place: a search under way keeps the one it began with."""

    def __init__(self) -> None:
        self.segments: tuple[Segment, ...] = ()
        self.seen = -1
        self._base_seen = -1
        self._database = ""
        self._lock = threading.Lock()

    def current(self) -> tuple[Segment, ...]:
        """The segments as the database has them now."""
        now = SearchClock.objects.values_list("now", flat=True).first() or 0
        database = str(connection.settings_dict["NAME"])
        if now == self.seen and database == self._database:
            return self.segments
        with self._lock:
            if now != self.seen or database != self._database:
                self._refresh(now, database)
            return self.segments

    def forget(self) -> None:
        """Reads everything again at the next search: for whoever changed rows without announcing them."""
        self.seen = self._base_seen = -1

    def _refresh(self, now: int, database: str) -> None:
        changed = SearchEntry.objects.filter(stamp__gt=self._base_seen)
        # A stamp that is no longer there was undone with its transaction: begin afresh.
        known = self._base_seen >= 0 and database == self._database
        if known and self._still_true() and changed.count() <= _MOST_RECENT:
            self._add(changed)
        else:
            self.segments = (Segment(_rows(SearchEntry.objects.filter(withdrawn=False))),)
            self._base_seen = now
        self.seen, self._database = now, database

    def _still_true(self) -> bool:
        return self._base_seen == 0 or SearchEntry.objects.filter(stamp=self._base_seen).exists()

    def _add(self, changed: "QuerySet[SearchEntry]") -> None:
        """Base segment with the changed rows masked, and a second segment holding them as they are now."""
        base = self.segments[0].masking(changed.values_list("id", flat=True))
        self.segments = (base, Segment(_rows(changed.filter(withdrawn=False))))


def _rows(entries: "QuerySet[SearchEntry]") -> list[Row]:
    return [Row(*values) for values in entries.values_list(*_COLUMNS)]


MEMORY = Memory()
forget = MEMORY.forget
