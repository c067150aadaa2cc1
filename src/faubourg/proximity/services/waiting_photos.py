"""A photograph chosen before its report is sent: kept bare under a token that nobody guesses, for a day."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from faubourg.base import durable
from faubourg.base.cleaning import bare_photo
from faubourg.base.refusal import refuse_unless
from faubourg.rules.verdict import Verdict, mark

_FOLDER = "waiting-photos"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
KEPT_FOR = timedelta(days=1)
# Some gigabytes at most: beyond, it is no resident who fills the disk.
MOST_WAITING = 2_000


def keep(*, upload: "UploadedFile[Any]") -> str:
    """The token under which it waits; raises Refused when it is no photograph, or too many wait."""
    if how_many() >= MOST_WAITING:
        refuse_unless(Verdict.no("photo-flood", _FULL))
    bare = bare_photo(upload)
    token = secrets.token_urlsafe(24)
    default_storage.save(_path(token), bare.file)
    return token


_FULL = mark("Beaucoup de photos arrivent en ce moment : envoyez sans photo, ou revenez plus tard.")


def how_many() -> int:
    """Photographs that wait."""
    return len(default_storage.listdir(_FOLDER)[1]) if default_storage.exists(_FOLDER) else 0


def waiting(token: str) -> "UploadedFile[Any] | None":
    """The photograph of a token; None when it is gone or was never there."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        with default_storage.open(_path(token)) as file:
            return SimpleUploadedFile("photo.jpg", file.read(), "image/jpeg")
    except FileNotFoundError:
        return None


def drop(token: str) -> None:
    """It joined its report, or was taken back."""
    if _TOKEN.fullmatch(token):
        default_storage.delete(_path(token))


def forget(now: datetime) -> int:
    """Erase what waited for more than a day; how many went."""
    return durable.erase_older(_FOLDER, now - KEPT_FOR)


def _path(token: str) -> str:
    return f"{_FOLDER}/{token}.jpg"
