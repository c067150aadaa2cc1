"""One file holds an installation: database, uploads, the journal's anchor. It is restored into a new one.

SQLite is copied by its own backup, while people work. Any database can also be written row by row
(« portable »), the only way for PostgreSQL here and the way to move from one to the other: no server tool
of the right version is needed. Keys stay out unless asked for: whoever finds the file must not hold them.
"""

import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, router, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from . import durable
from .journal import anchor
from .models import JournalEntry
from .progress import bar

_BATCH = 500
# What `migrate` makes by itself, or what does not outlive a process.
_LEFT_OUT = {"contenttypes", "sessions", "auth", "django_tasks_database", "django_tasks_db"}
_KEYS = ("secret.key", "journal.key")


class NotRestored(Exception):
    """The sentence says why nothing was restored."""


class _Exact(DjangoJSONEncoder):
    """Microseconds are kept: the journal's hashes cover them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def backup(target: Path, *, portable: bool = False, with_keys: bool = False) -> dict[str, Any]:
    """Write one .tar at `target`, whole or not at all; returns its manifest."""
    copied = connection.vendor == "sqlite" and not portable
    manifest = {
        "faubourg": version("faubourg"),
        "made_at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "database": "sqlite" if copied else "rows",
        "migrations": sorted(
            f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
        ),
    }
    # The anchor first: it never knows more than the database copied after it.
    anchored = Path(settings.JOURNAL_ANCHOR)
    anchor_text = anchored.read_bytes() if anchored.exists() else b""
    unfinished = target.with_name(f"{target.name}.part")
    with tarfile.open(unfinished, "w") as archive, tempfile.TemporaryDirectory() as folder:
        _add_text(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
        _add_text(archive, "journal.anchor", anchor_text)
        if copied:
            archive.add(_sqlite_copy(Path(folder) / "database.sqlite3"), "database.sqlite3")
        else:
            archive.add(_rows_file(Path(folder) / "rows.jsonl"), "rows.jsonl")
        # Uploads last: every file that a copied row names is there by then.
        _add_uploads(archive)
        for name in _KEYS if with_keys else ():
            if (settings.HOME / name).exists():
                archive.add(settings.HOME / name, f"keys/{name}")
    unfinished.chmod(0o600)
    unfinished.replace(target)
    return manifest


def _add_uploads(archive: tarfile.TarFile) -> None:
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        name = file.relative_to(root)
        if name.parts[0] == durable.INCOMING:
            continue
        # What people erase meanwhile is not kept against their will.
        with suppress(FileNotFoundError):
            archive.add(file, Path("uploads", name))


def restore(source: Path) -> dict[str, Any]:
    """Read a backup into this installation, which must be new; returns its manifest.

    Raises NotRestored when the file is not a backup, when this installation already holds something, or
    when it is older or newer than what the backup holds.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = _unfold(source, folder)
        _refuse_unless_new(manifest)
        if manifest["database"] == "sqlite":
            _put_sqlite(folder / "database.sqlite3")
        else:
            _put_rows(folder / "rows.jsonl")
        _put_files(folder)
    return manifest


def _unfold(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack into `folder`; the manifest."""
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        raise NotRestored(_("{file} n’est pas une sauvegarde lisible.").format(file=source)) from error
    return manifest


def _refuse_unless_new(manifest: dict[str, Any]) -> None:
    if manifest["database"] == "sqlite" and connection.vendor != "sqlite":
        raise NotRestored(
            _("Cette sauvegarde vient de SQLite : refaites-la avec « faubourg backup --portable ».")
        )
    here = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    if manifest["database"] == "rows" and here != manifest["migrations"]:
        raise NotRestored(
            _("Les tables d’ici ne sont pas celles de la sauvegarde (Faubourg {version}) : installez "
              "cette version, lancez « faubourg migrate », restaurez, puis mettez à jour.")
            .format(version=manifest["faubourg"])
        )  # fmt: skip
    if here and JournalEntry.objects.exists():
        raise NotRestored(
            _("Cette installation contient déjà des données : restaurez dans une installation neuve.")
        )


def _add_text(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime = len(content), int(datetime.now(tz=UTC).timestamp())
    archive.addfile(member, io.BytesIO(content))


def _sqlite_copy(path: Path) -> Path:
    """A consistent copy while others write."""
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    return path


def _put_sqlite(copied: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(copied) as source:
        source.backup(connection.connection)
    source.close()


def _models() -> list[type[models.Model]]:
    """Every table of ours and of the libraries', those that others point to first."""
    found = [
        (
            config,
            [
                m
                for m in config.get_models()
                if not m._meta.proxy and router.allow_migrate_model("default", m)
            ],
        )
        for config in apps.get_app_configs()
        if config.label not in _LEFT_OUT
    ]
    return [m for m in serializers.sort_dependencies(found, allow_cycles=True) if m._meta.managed]


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read inside is of the same moment."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _rows_file(path: Path) -> Path:
    with _one_moment(), path.open("w", encoding="utf-8") as file:
        for model in _models():
            rows = model._base_manager.order_by("pk")
            counted = bar(rows.iterator(chunk_size=2000), model._meta.label, total=rows.count())
            serializers.serialize("jsonl", counted, stream=file, cls=_Exact)
    return path


@transaction.atomic
def _put_rows(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        read = serializers.deserialize("jsonl", bar(file, _("Lignes")), handle_forward_references=True)
        for model, rows in groupby(read, key=lambda row: type(row.object)):
            for batch in _batches(rows):
                # Raw: the dates that a model sets by itself are those of the backup.
                model._base_manager.all()._insert(
                    [row.object for row in batch],
                    fields=model._meta.local_concrete_fields,
                    using=connection.alias,
                    raw=True,
                )
                for row in batch:
                    for name, values in (row.m2m_data or {}).items():
                        getattr(row.object, name).set(values)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _put_files(folder: Path) -> None:
    places = {
        folder / "uploads": Path(settings.MEDIA_ROOT),
        folder / "journal.anchor": Path(settings.JOURNAL_ANCHOR),
    }
    places |= {folder / "keys" / name: settings.HOME / name for name in _KEYS}
    for source, target in places.items():
        for file in [source] if source.is_file() else sorted(source.rglob("*")):
            if file.is_file():
                place = target / file.relative_to(source) if source.is_dir() else target
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.read_bytes())
                if place.suffix == ".key":
                    place.chmod(0o600)
    if not anchor.newest():
        anchor.catch_up()
