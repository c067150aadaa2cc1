"""45,000 dossiers leave as files in bounded memory: a stream that holds ten times as many grows hardly more.

Fills an empty database with two calls, one ten times the other, then asks each export of each in a process
of its own: rows that left, seconds of CPU, by how much the process grew at most (resident memory, in MB)
once it had asked the same of a call of ten dossiers. The ratio is the growth of the large by the small's.
    python benchmarks/calls_export.py [--dossiers 45000] [--filled]
    python tools/with_postgres.py python benchmarks/calls_export.py
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from pages import signed_in  # isort: skip (sets Django up)
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from filling.exported import call_of, fill, rules_of_2015

from faubourg.base import planner
from faubourg.calls import models as m
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

# Beyond these, an export is taken to hold its rows: growth in MB, and growth by that of a tenth of the rows.
MOST_MB, MOST_RATIO = 60, 3
LITTLE = "dix"
EXPORTS = {
    "SCDL 2.1.1": "subventions.csv",
    "360Giving": "subventions-360.json",
    "list, CSV": "dossiers/?format=csv",
    "list, JSON": "dossiers/?format=json",
    "list, workbook": "dossiers/?format=xlsx",
    "CERFA accounts of a funder, CSV": "export/{funder}.csv",
}


def filled(dossiers: int) -> None:
    """A call of ten dossiers, one of a tenth of those asked for, one of them all."""
    lead = Organisation.objects.create(name="Région", kind="region", siret="20005374200017")
    asking = Organisation.objects.create(name="Association", kind="association", siret="30005374200015")
    place = Territory.objects.create(kind="neighbourhood", code="QN000001", name="Quartier")
    rules = rules_of_2015()
    for code, count in ((LITTLE, 10), ("petit", dossiers // 10), ("grand", dossiers)):
        fill(call_of(code, lead, rules), asking, place, count)
    planner.count_rows()


def resident(name: str) -> float:
    """A line of what the system says of this process, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def asked(client: Client, call: str, export: str) -> int:
    """Read an export to its end; how many lines left."""
    funder = m.CallFunder.objects.filter(call__code=call).order_by("pk").first()
    response: Any = client.get(f"/appels/{call}/" + EXPORTS[export].format(funder=funder.pk if funder else 0))
    if response.status_code != 200:
        raise SystemExit(f"{export}: {response.status_code}")
    if not response.streaming:
        return len(response.content.splitlines())
    return sum(part.count(b"\n") for part in response.streaming_content)


def measure(call: str, export: str) -> dict[str, float]:
    """In this process: warm on ten dossiers, then the export itself."""
    client = signed_in()
    if connection.vendor == "sqlite":
        # Pages of the file that the system maps, and drops as it likes, are not this process's memory.
        connection.cursor().execute("PRAGMA mmap_size=0")
    asked(client, LITTLE, export)
    # Linux forgets the highest resident size when it is told to.
    Path("/proc/self/clear_refs").write_text("5")
    before, start = resident("VmRSS"), time.process_time()
    lines = asked(client, call, export)
    return {"lines": lines, "grown": resident("VmHWM") - before, "cpu": time.process_time() - start}


def apart(call: str, export: str) -> dict[str, float]:
    """The same in a new process on the same database."""
    command = [sys.executable, __file__, "--one", call, export]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=45_000)
    parser.add_argument("--filled", action="store_true", help="measure what an earlier run has filled")
    parser.add_argument("--one", nargs=2, metavar=("CALL", "EXPORT"), help="what each process does")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    if options.one:
        print(json.dumps(measure(*options.one)))
        return 0
    call_command("migrate", verbosity=0)
    if not options.filled:
        filled(options.dossiers)
    print(f"{connection.vendor}: {m.Application.objects.count():,} dossiers")
    print(f"{'export':34} {'lines':>7} {'CPU s':>7} {'small MB':>9} {'large MB':>9} {'ratio':>6}")
    beyond = 0
    for export in EXPORTS:
        small, large = apart("petit", export), apart("grand", export)
        ratio = large["grown"] / max(small["grown"], 1.0)
        holds = large["grown"] > MOST_MB or (ratio > MOST_RATIO and large["grown"] > 10)
        beyond += holds
        print(
            f"{export:34} {large['lines']:7,} {large['cpu']:7.1f} {small['grown']:9.1f} "
            f"{large['grown']:9.1f} {ratio:6.1f}{'  <-- grows' if holds else ''}",
            flush=True,
        )
    return beyond


if __name__ == "__main__":
    sys.exit(min(main(), 1))
