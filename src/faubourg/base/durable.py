"""What is acknowledged stays even if the power goes: a commit and a file that have reached the disk.

SQLite's everyday setting (NORMAL) survives a crash of the server, not of the machine.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection

# Where a file is written until it is whole; the longest that one may take.
INCOMING = "incoming"
_LONGEST_WRITING = timedelta(days=1)


@contextmanager
def durably() -> Iterator[None]:
    """Around a transaction whose end somebody waits for; no effect inside another one, nor on PostgreSQL,
    which waits for the disk anyway."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _wait_for_disk("FULL")
    try:
        yield
    finally:
        _wait_for_disk("NORMAL")


def _wait_for_disk(level: str) -> None:
    # A setting of the connection: nothing is asked of the database.
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA synchronous={level}")


def write(name: str, content: "File[Any]") -> None:
    """The whole file under this name, on the disk; half of it is never seen there.

    Those who write the same one at once do not meet: each writes its own, and the last one stays.
    """
    own = f"{INCOMING}/{uuid4()}"
    place = Path(default_storage.path(name))
    try:
        default_storage.save(own, content)
        _wait_for_file(Path(default_storage.path(own)))
        place.parent.mkdir(parents=True, exist_ok=True)
        Path(default_storage.path(own)).replace(place)
    except BaseException:
        default_storage.delete(own)
        raise
    _wait_for_file(place.parent)


def settle(name: str) -> None:
    """Wait until a stored file and its entry in its folder are on the disk, whoever wrote it."""
    path = Path(default_storage.path(name))
    for part in (path, path.parent):
        _wait_for_file(part)


def sweep(now: datetime) -> int:
    """Erase what a crash left half written; how many went."""
    return erase_older(INCOMING, now - _LONGEST_WRITING)


def erase_older(folder: str, moment: datetime) -> int:
    """Erase the files of a folder last written before; how many went. Others may empty it meanwhile."""
    if not default_storage.exists(folder):
        return 0
    gone = 0
    for name in default_storage.listdir(folder)[1]:
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(f"{folder}/{name}") < moment:
                default_storage.delete(f"{folder}/{name}")
                gone += 1
    return gone


def _wait_for_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
