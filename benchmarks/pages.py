"""SQL and CPU of the pages one opens most, with everything loaded: at most 15 queries and 60 ms.

Least and median `process_time` of 20 warm in-process requests, signed in, DEBUG off, on the database of
`DATABASE_URL` (a temporary SQLite otherwise); a fixed work of the processor is measured beside each page, by
which two runs compare on a machine that others use too. `--grow 10` then multiplies neighbourhoods, communes
and contracts by ten and measures again, so that what grows with the data shows.
    python benchmarks/pages.py [--grow 10]
    python tools/with_postgres.py python benchmarks/pages.py
"""

import argparse
import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("FAUBOURG_HOME", tempfile.mkdtemp(prefix="faubourg-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faubourg.people.models import Person, RoleGrant
from faubourg.territories.models import Territory

SQL_LIMIT, CPU_LIMIT_MS, REQUESTS = 15, 60, 20
PAGES = [
    "/",
    "/recherche/?q=gautiere+clermont",
    "/recherche/?q=saint",
    "/quartiers/",
    "/quartiers/?tri=-nom&page=20",
    "/communes/",
    "/communes/?page=500",
    "/epci/",
    "/contrats/",
    "/organisations/",
    "/sources/",
    "/analyses/",
    "/quartiers/QN06307N/",
    "/quartiers/QN06303I/",
    "/epci/246300701/",
    "/geographie/246300701/",
    "/geographie/200093201/",
    "/geographie/200093201/contours.json",
    "/communes/63113/",
    "/contrats/CN06302M/",
    "/contrats/CN06302M/fiche/",
    "/contrats/CN06302M/objectifs/",
    "/contrats/CN06302M/couverture/",
    "/contrats/CN06302M/actions/",
    "/contrats/CN06302M/diagnostics/",
    "/contrats/CN06302M/enjeux/",
    "/actions/1/",
    "/contrats/CV137/calendrier/",
    "/contrats/CV137/livrables/",
    "/analyses/auvergne-2016/",
    "/carte/",
    "/carte/donnees.json?bbox=3.0,45.7,3.2,45.85&zoom=12",
]


@dataclass(frozen=True)
class Measured:
    """One page: status, queries, least and median CPU in ms, bytes, CPU in ms of the fixed work beside it."""

    status: int
    sql: int
    cpu: float
    median: float
    size: int
    work: float


def signed_in() -> Client:
    """A chargée de mission with rights on the whole installation: the fullest pages."""
    return reader("bench", "instance", "")


def reader(name: str, kind: str = "", code: str = "") -> Client:
    """Somebody signed in, with the role of a chargée de mission on that scope; with none when no kind."""
    email = f"{name}@exemple.fr"
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email)
    if kind:
        RoleGrant.objects.get_or_create(
            person=person, role="contract_officer", scope_kind=kind, scope_code=code, since="2024-01-01"
        )
    client = Client(raise_request_exception=False)
    client.force_login(person)
    if not client.get("/").wsgi_request.user.is_authenticated:
        raise SystemExit("The benchmark is not signed in: its numbers would be a visitor's.")
    return client


def fixed_work() -> None:
    """Always the same: some bytes hashed, some words joined and sorted."""
    digest = b"faubourg"
    for _ in range(2000):
        digest = hashlib.sha256(digest * 8).digest()
    words = [f"{n * 7919 % 10_007}-{n}" for n in range(10_000)]
    "".join(sorted(words))


def spent(work: Callable[[], object]) -> float:
    """CPU of this process, in ms."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def queries(client: Client, address: str) -> int:
    """How many queries a warm request costs."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    # Read at once: the next request empties the log.
    return len(captured)


def measure(client: Client, address: str) -> Measured:
    """Ask a page warm, twenty times."""
    sql = queries(client, address)
    response = client.get(address)
    pages, works = [], []
    for _ in range(REQUESTS):
        pages.append(spent(lambda: client.get(address)))
        works.append(spent(fixed_work))
    size = len(response.content) if not response.streaming else 0
    return Measured(response.status_code, sql, min(pages), statistics.median(pages), size, min(works))


def grow(times: int) -> None:
    """Copy every commune and neighbourhood `times - 1` times under other codes."""
    fields = [f.attname for f in Territory._meta.concrete_fields if f.attname not in ("id", "code")]
    originals = list(Territory.objects.filter(kind__in=["commune", "neighbourhood"]))
    for copy in range(1, times):
        Territory.objects.bulk_create(
            [Territory(code=f"{o.code}-{copy}", **{f: getattr(o, f) for f in fields}) for o in originals],
            batch_size=2000,
        )


def report(client: Client, title: str) -> int:
    """Print the table; number of pages beyond a limit."""
    print(f"\n{title} – {connection.vendor}, {Territory.objects.count():,} territories")
    print(f"{'page':58} {'status':>6} {'SQL':>4} {'CPU ms':>7} {'median':>7} {'KB':>7}")
    beyond, works = 0, []
    for address in PAGES:
        m = measure(client, address)
        flag = "" if m.status == 200 and m.sql <= SQL_LIMIT and m.cpu <= CPU_LIMIT_MS else "  <-- beyond"
        beyond += bool(flag)
        works.append(m.work)
        print(f"{address:58} {m.status:6} {m.sql:4} {m.cpu:7.1f} {m.median:7.1f} {m.size / 1024:7.1f}{flag}")
    print(f"{len(PAGES) - beyond} of {len(PAGES)} pages within {SQL_LIMIT} SQL and {CPU_LIMIT_MS} ms (least)")
    print(f"fixed work: {min(works):.1f} ms at least, median {statistics.median(works):.1f} ms")
    return beyond


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grow", type=int, default=1)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("load")
    client = signed_in()
    beyond = report(client, "Everything loaded")
    if options.grow > 1:
        grow(options.grow)
        report(client, f"Communes and neighbourhoods × {options.grow}")
    return beyond


if __name__ == "__main__":
    sys.exit(min(main(), 1))
