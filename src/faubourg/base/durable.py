"""What is acknowledged stays even if the power goes: a commit and a file that have reached the disk.

SQLite's everyday setting (NORMAL) survives a crash of the server, not of the machine.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection


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
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")


def settle(name: str) -> None:
    """Wait until a stored file and its entry in its folder are on the disk; a distant storage sees to it."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return
    for part in (path, path.parent):
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
