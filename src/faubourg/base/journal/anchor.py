"""The head of the chain, kept in a file outside the database: how a removed last row is noticed.

One line per anchored head, `seq hash`, rising; appended under a lock of the file and flushed to the disk.
A head covers every entry before it, so a line that a crash prevented is made up by the next one.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

from faubourg.base.models import JournalEntry

_LONGEST_LINE = 200


class Head(NamedTuple):
    """The rank and the hash of an anchored entry."""

    seq: int
    hash: str


class UnreadableAnchor(ValueError):
    """A line of the file is not one that we wrote; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line} of the journal's anchor is not readable")


def catch_up(head: Head | None = None, *, alone: bool = False) -> Head | None:
    """Anchor the newest committed entry, unless `head` is already covered; returns the anchored head.

    `alone`: `head` is committed, and the newest as far as its writer knows: it is anchored without reading.
    """
    path = Path(settings.JOURNAL_ANCHOR)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_whole_line(file)
        if last and head and last.seq >= head.seq:
            return last
        newest = head if alone else _newest_committed()
        if newest is None or (last and last.seq >= newest.seq):
            return last
        file.write(f"{newest.seq} {newest.hash}\n".encode())
        file.flush()
        os.fsync(file.fileno())
        return newest


def _newest_committed() -> Head | None:
    found = JournalEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    return Head(*found) if found else None


def heads() -> Iterator[Head]:
    """Every anchored head, oldest first; raises UnreadableAnchor. A last line cut by a crash is left out."""
    path = Path(settings.JOURNAL_ANCHOR)
    if not path.exists():
        return
    reached = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            head = _parsed(line)
            if head is None or head.seq <= reached:
                raise UnreadableAnchor(number)
            reached = head.seq
            yield head


def newest() -> Head | None:
    """The last anchored head; None without a file or when its last line is not readable."""
    path = Path(settings.JOURNAL_ANCHOR)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return _last_parsed(file)


def _last_whole_line(file: BinaryIO) -> Head | None:
    """The last line; what a crash left half written is cut off first."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_LINE))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.truncate(size - (len(tail) - tail.rfind(b"\n") - 1))
    return _last_parsed(file)


def _last_parsed(file: BinaryIO) -> Head | None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_LINE))
    whole = [line for line in file.read().splitlines(keepends=True) if line.endswith(b"\n")]
    return _parsed(whole[-1]) if whole else None


def _parsed(line: bytes) -> Head | None:
    match line.split():
        case [rank, digest] if rank.isdigit() and len(digest) == 64:
            return Head(int(rank), digest.decode("ascii", "replace"))
    return None
