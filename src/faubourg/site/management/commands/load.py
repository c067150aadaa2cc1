"""`faubourg load`: real territories and contracts into the database, once; a second run writes nothing."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from faubourg.base import planner
from faubourg.base.actor import FAUBOURG
from faubourg.base.models import SearchEntry
from faubourg.calls.services.load_calls import load_calls
from faubourg.calls.services.load_grants import load_published_grants
from faubourg.contracts.services.load import load_contracts_and_documents
from faubourg.site.services.announce import announce_everything
from faubourg.territories.services.load import Loaded, load_territories
from faubourg.territories.services.load_mark import already_loaded, fingerprint, mark_loaded


class Command(BaseCommand):
    """Loads what is missing or has changed, source by source, and says how many rows were written."""

    help = "Charge les territoires, les contrats et les documents fondateurs (sans rien écraser)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Compare chaque ligne, même si ces données sont déjà chargées.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        mark = fingerprint()
        if already_loaded(mark) and not options["check"]:
            self.stdout.write("Données déjà chargées : rien à écrire (« --check » compare chaque ligne).")
            return
        loaded = [
            *load_territories(by=FAUBOURG),
            *load_contracts_and_documents(by=FAUBOURG),
            *load_published_grants(by=FAUBOURG),
            *load_calls(by=FAUBOURG),
        ]
        rows = self._report(loaded)
        if rows or not SearchEntry.objects.exists():
            found = announce_everything()
            self.stdout.write(f"Recherche : {found} objets trouvables.")
            planner.count_rows()
        if rows or not already_loaded(mark):
            mark_loaded(mark, by=FAUBOURG, rows=rows)
        self.stdout.write(f"{rows} lignes écrites en {time.monotonic() - start:.1f} s.")

    def _report(self, loaded: list[Loaded]) -> int:
        rows: dict[str, int] = {}
        for one in loaded:
            written = one.written.created + one.written.updated + one.written.deleted
            rows[one.source] = rows.get(one.source, 0) + written
        for source, count in rows.items():
            if count:
                self.stdout.write(f"  {source} : {count}")
        return sum(rows.values())
