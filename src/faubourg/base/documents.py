"""Keeping what somebody hands over: checked, written under its hash, and only then acknowledged.

The sender's receipt is `Document.sha256`. The same bytes given twice are stored once.
"""

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from faubourg.rules.verdict import Verdict, mark

from . import durable
from .active_content import archive_has_macros, pdf_runs_something
from .actor import Actor
from .models import Document
from .numbers import number
from .refusal import refuse_unless

_START = 512
# What a small archive may unfold to, in bytes: beyond, it is made to fill a disk.
_MOST_UNFOLDED = 500 * 1024 * 1024
_ZIP, _SQLITE, _JPEG, _PNG = b"PK\x03\x04", b"SQLite format 3\x00", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"


def _text(start: bytes) -> bool:
    # A spreadsheet’s « Unicode text » is UTF-16, known by its mark.
    return b"\x00" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _json(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(signatures)


_OFFICE = frozenset({".xlsx", ".docx", ".ods", ".odt"})
# Extension: (media type, whether the first bytes can be those of such a file).
KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".pdf": ("application/pdf", lambda start: b"%PDF-" in start),
    ".png": ("image/png", _starts(_PNG)),
    ".jpg": ("image/jpeg", _starts(_JPEG)),
    ".jpeg": ("image/jpeg", _starts(_JPEG)),
    ".csv": ("text/csv", _text),
    ".txt": ("text/plain", _text),
    ".json": ("application/json", _json),
    ".geojson": ("application/geo+json", _json),
    ".gpkg": ("application/geopackage+sqlite3", _starts(_SQLITE)),
    ".parquet": ("application/vnd.apache.parquet", _starts(b"PAR1")),
    ".zip": ("application/zip", _starts(_ZIP)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _starts(_ZIP)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _starts(_ZIP)),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", _starts(_ZIP)),
    ".odt": ("application/vnd.oasis.opendocument.text", _starts(_ZIP)),
}


def keep(*, upload: "UploadedFile[Any]", purpose: str, by: Actor) -> Document:
    """Store an upload and return its receipt; raises Refused when it is too large, empty or not what its
    name says. The bytes are on the storage before the row that acknowledges them."""
    refuse_unless(acceptable(upload))
    sha256 = _digest(upload)
    name = PurePath(upload.name or "").name
    path = f"documents/{sha256[:2]}/{sha256}{PurePath(name).suffix.lower()}"
    if not connection.in_atomic_block:
        _bring(upload, path)  # the long part, while nobody waits
    # A failure undoes the whole of what the document belongs to: no savepoint of its own.
    with transaction.atomic(savepoint=False):
        _lock(path, shared=True)
        _bring(upload, path)  # gone since, with the last document that held the same ones
        durable.settle(path)
        return Document.objects.create(
            sha256=sha256,
            name=name[-255:],
            media_type=KINDS[PurePath(name).suffix.lower()][0],
            size=upload.size or 0,
            file=path,
            purpose=purpose,
            added_by=by.ref,
        )


def forget(document: Document) -> None:
    """Erase a document that nothing points to any more; its bytes go with the last one that holds them.

    Called inside the transaction that let go of it: the bytes leave the storage once that one committed, and
    once whoever keeps the same ones at that moment has.
    """
    path = document.file.name
    document.delete()
    if path:
        transaction.on_commit(lambda: _erase(path))


def _bring(upload: "UploadedFile[Any]", path: str) -> None:
    """The bytes stand under this path, written now if they did not."""
    if not _stands(path, upload.size or 0):
        upload.seek(0)
        durable.write(path, upload)


def _erase(path: str) -> None:
    with transaction.atomic():
        _lock(path)
        if not Document.objects.filter(file=path).exists():
            default_storage.delete(path)


def _lock(path: str, *, shared: bool = False) -> None:
    """Until this transaction ends, nobody erases these bytes (`shared`), nor keeps them either.

    SQLite has one writer at a time (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(path.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'_shared' if shared else ''}(%s)", [key])


def acceptable(upload: "UploadedFile[Any]") -> Verdict:
    """Whether a file may be kept: its size, its extension, and a content that fits the extension."""
    name = PurePath(upload.name or "").name
    suffix = PurePath(name).suffix.lower()
    size, most = upload.size or 0, settings.MAX_UPLOAD_BYTES
    if size > most:
        return Verdict.no(
            "upload-too-large", _TOO_LARGE, name=name, size=_megabytes(size), most=_megabytes(most)
        )
    if not size:
        return Verdict.no("upload-empty", _EMPTY, name=name)
    if suffix not in KINDS:
        return Verdict.no("upload-kind", _KIND, name=name, known=", ".join(sorted(KINDS)))
    upload.seek(0)
    start = upload.read(_START)
    if not KINDS[suffix][1](start) or (start.startswith(_ZIP) and not _sound_archive(upload)):
        return Verdict.no("upload-content", _CONTENT, name=name, suffix=suffix)
    if _runs_something(upload, suffix):
        return Verdict.no("upload-active", _ACTIVE, name=name)
    return Verdict.yes()


_TOO_LARGE = mark(
    "« {name} » pèse {size} Mo et la limite est de {most} Mo : allégez le fichier ou coupez-le en plusieurs."
)
_EMPTY = mark("« {name} » est vide : vérifiez le fichier, puis envoyez-le de nouveau.")
_KIND = mark("« {name} » n’est pas d’un type accepté. Types acceptés : {known}.")
_CONTENT = mark("« {name} » n’est pas un fichier {suffix} lisible : ouvrez-le et enregistrez-le de nouveau.")

_ACTIVE = mark(
    "« {name} » contient un programme (script ou macro) : enregistrez-le de nouveau sans lui, par exemple en "
    "l’imprimant en PDF, puis envoyez-le."
)


def _megabytes(size: int) -> str:
    return number(size / 1024 / 1024, 0 if size % (1024 * 1024) == 0 else 1)


def _sound_archive(upload: "UploadedFile[Any]") -> bool:
    try:
        upload.seek(0)
        with zipfile.ZipFile(upload) as archive:
            return sum(member.file_size for member in archive.infolist()) <= _MOST_UNFOLDED
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _runs_something(upload: "UploadedFile[Any]", suffix: str) -> bool:
    if suffix == ".pdf":
        return pdf_runs_something(upload)
    if suffix not in _OFFICE:
        return False
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        return archive_has_macros(archive)


def _digest(upload: "File[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _stands(path: str, size: int) -> bool:
    """The same bytes are already there, whole."""
    try:
        return default_storage.size(path) == size
    except FileNotFoundError:
        return False
