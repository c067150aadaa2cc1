"""A database with the real data, prepared once and copied for each run, on SQLite and on PostgreSQL.

Preparing takes half a minute; it is done again only when a migration, a loader, a rule or the data
changed (the key is a digest of those files). On SQLite the prepared installation is a folder kept under
`FAUBOURG_HOME/prepared/`, or `FAUBOURG_PREPARED` for runs that share it; on PostgreSQL (`DATABASE_URL`
names a server) it is a template database of that server.

- In-process tests on the real data: `tests/real/conftest.py` replaces `django_db_setup` by the one below.
  Use the plain `django_db` mark, which rolls back; a transactional test would empty the copy.
- A live `faubourg serve` for browser journeys: `live = copy(folder)`, start the server with
  `env=os.environ | live.environment`, and call `live.discard()` at the end. Each copy has its own
  database, uploads, journal anchor and keys.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import faubourg

PACKAGE = Path(faubourg.__file__).parent
# Whatever decides what a prepared database holds.
DECIDES = (
    "*/migrations/*.py",
    "*/services/load*.py",
    "*/services/announce.py",
    "*/queries/findable.py",
    "base/search/*.py",
    "base/journal/*.py",
    "base/text.py",
    "rules/**/*.py",
    "territories/seeds/*",
    "contracts/seeds/*",
    "territories/data/*",
)
DATABASE_FILE = "faubourg.sqlite3"


@dataclass(frozen=True)
class Live:
    """A copy that one server or one test run owns."""

    home: Path
    url: str
    # What Django calls NAME: a file for SQLite, a database for PostgreSQL.
    name: str

    @property
    def environment(self) -> dict[str, str]:
        """What a `faubourg` command needs to work on this copy."""
        return {"FAUBOURG_HOME": str(self.home), "DATABASE_URL": self.url}

    def discard(self) -> None:
        """Remove the copy."""
        if not self.url.startswith("sqlite"):
            _postgres(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.home, ignore_errors=True)


def copy(into: Path) -> Live:
    """A fresh copy of the prepared installation in the folder `into`, which must not exist yet."""
    prepared = prepare()
    shutil.copytree(prepared, into)
    server = _server()
    if not server:
        file = into / DATABASE_FILE
        return Live(into, f"sqlite:///{file}", str(file))
    name = f"faubourg_copy_{uuid.uuid4().hex[:12]}"
    _postgres(f'CREATE DATABASE "{name}" TEMPLATE "{_template()}"')
    return Live(into, _named(server, name), name)


def prepare() -> Path:
    """The folder of the prepared installation, made if it is missing."""
    kind = "postgres" if _server() else "sqlite"
    folder = _cache() / f"{kind}-{key()}"
    with _alone():
        if folder.exists() and (kind == "sqlite" or _exists(_template())):
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        print("Préparation de la base réelle (une fois)…", file=sys.stderr, flush=True)
        _build(making)
        making.rename(folder)
    return folder


def key() -> str:
    """A digest of every file that decides what the prepared database holds."""
    digest = hashlib.sha256()
    for pattern in DECIDES:
        for file in sorted(PACKAGE.glob(pattern)):
            if file.is_file():
                digest.update(str(file.relative_to(PACKAGE)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


# --- making it ----------------------------------------------------------------------------------------


def _build(home: Path) -> None:
    server = _server()
    if server:
        _postgres(f'DROP DATABASE IF EXISTS "{_template()}" WITH (FORCE)')
        _postgres(f'CREATE DATABASE "{_template()}"')
        url = _named(server, _template())
    else:
        url = f"sqlite:///{home / DATABASE_FILE}"
    (home / "journal.key").write_text(_journal_key())
    for command in (["migrate", "--verbosity", "0"], ["load"]):
        _run(command, Live(home, url, "").environment)
    if not server:
        with sqlite3.connect(home / DATABASE_FILE) as database:
            # Everything in the one file that is copied.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()


def _run(command: list[str], environment: dict[str, str]) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "faubourg.site.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "django", *command],
        env=os.environ | environment | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def _journal_key() -> str:
    """The key of the test run itself, so that in-process tests can verify the chain."""
    from django.conf import settings

    return str(settings.JOURNAL_KEY)


def _cache() -> Path:
    from django.conf import settings

    return Path(os.environ.get("FAUBOURG_PREPARED") or Path(settings.HOME) / "prepared")


@contextmanager
def _alone() -> Iterator[None]:
    """One process prepares, the others wait for it."""
    _cache().mkdir(parents=True, exist_ok=True)
    with (_cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- PostgreSQL ---------------------------------------------------------------------------------------


def _server() -> str:
    """The address of the PostgreSQL server of this run; empty on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def _template() -> str:
    return f"faubourg_prepared_{key()}"


def _named(server: str, database: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def _postgres(statement: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(_server(), autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def _exists(database: str) -> bool:
    return bool(_postgres(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"))
