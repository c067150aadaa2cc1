"""The offline notebook loses nothing: random days in the field with everything going wrong, each run ending
with exactly what was noted on the server and nothing left on the phone.

The real notebook in one Chromium, real servers killed with kill -9, a proxy that loses, cuts, doubles and
delays. Prints what was injected, and every run that ended wrong with the seed that does it again.
    python benchmarks/notebook_faults.py [--runs 200] [--seed 1] [--trouble 0.5]
    python tools/with_postgres.py python benchmarks/notebook_faults.py
"""

import argparse
import asyncio
import importlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
# A folder of its own, always: the servers that are killed here serve nobody else.
HOME = Path(tempfile.mkdtemp(prefix="faubourg-bench-"))
os.environ["FAUBOURG_HOME"] = str(HOME)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from faubourg.base.journal import guard

# Tests carry no types: what they give is taken as it is.
field = importlib.import_module("tests.journeys.notebook_field")
proxy = importlib.import_module("tests.journeys.notebook_proxy")


def shown(account: Any) -> str:
    """The table of faults, then the verdict."""
    width = max(map(len, account.faults), default=0)
    lines = [f"  {name:<{width}}  {count:>5}" for name, count in account.faults.most_common()]
    total = sum(account.faults.values())
    return "\n".join(
        [
            f"{account.runs} runs in {account.seconds:.0f} s: {account.notes} notes, {account.photos} photos",
            f"{total} faults injected:",
            *lines,
            f"lost, doubled or stuck: {len(account.wrong)}",
        ]
    )


class NoMigrations(dict[str, None]):
    """Every room is made from its models."""

    def __contains__(self, _app: object) -> bool:
        return True

    def __missing__(self, _app: str) -> None:
        return None


def tables() -> None:
    """Made from the models, as for the tests: a minute less than the migrations."""
    with override_settings(MIGRATION_MODULES=NoMigrations()):
        call_command("migrate", run_syncdb=True, verbosity=0)
    guard.arm(connection)


def told_now(line: str) -> None:
    """At once, also into a file."""
    print(line, flush=True)


def main() -> int:
    """0 when every run ended with exactly what was noted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trouble", type=float, default=0.5)
    told = parser.parse_args()
    tables()
    environment = {"FAUBOURG_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "faubourg.site.settings"}
    servers = proxy.Servers(environment, HOME / "servers.log")
    try:
        servers.open()
        uploads = Path(settings.MEDIA_ROOT)
        days = field.play(told.runs, told.seed, servers, uploads, trouble=told.trouble, tell=told_now)
        account = asyncio.run(days)
    finally:
        servers.stop()
    print(shown(account))
    return 1 if account.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
