"""`faubourg locate points.csv --out out.csv`: the perimeter, commune, EPCI and contract of each point."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from faubourg.base.numbers import number
from faubourg.base.progress import bar
from faubourg.base.refusal import Refused

from ...locating.columns import VERSIONS, Asked, choose
from ...locating.files import BATCH, Batch, Table
from ...locating.locator import read_locator
from ...locating.run import Tally, locate_file
from ...models import Perimeter


class Command(BaseCommand):
    """Reads and writes batch by batch: a file larger than the memory is fine."""

    help = "Situe les points d’un CSV : quartier prioritaire (par version), commune, EPCI, contrat."
    # Checking every address and template costs more than a hundred thousand points.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("points", type=Path, help="CSV, avec une ligne d’en-têtes.")
        parser.add_argument("--out", type=Path, required=True, help="CSV à écrire.")
        parser.add_argument("--lon", default="", help="Colonne de longitude (ou X Lambert-93).")
        parser.add_argument("--lat", default="", help="Colonne de latitude (ou Y Lambert-93).")
        parser.add_argument("--id", default="", help="Colonne d’identifiant : les doublons sont dits.")
        parser.add_argument(
            "--version-of",
            "--perimeter",
            dest="versions",
            action="append",
            choices=[str(kind) for kind in Perimeter.Kind if kind != Perimeter.Kind.ADMINISTRATIVE],
            help="Version de périmètre, répétable ; par défaut qpv_2015 et qpv_2024.",
        )
        parser.add_argument(
            "--distance", action="store_true", help="Distance au quartier le plus proche, jusqu’à 2 km."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.perf_counter()
        asked = Asked(tuple(options["versions"] or VERSIONS), options["distance"])
        _refuse_wrong_files(options["points"], options["out"])
        try:
            with Table(options["points"]) as table:
                choice = choose(
                    table.headers, lon=options["lon"], lat=options["lat"], identifier=options["id"]
                )
                total = ceil(table.lines() / BATCH)

                def shown(batches: Iterator[Batch]) -> Iterator[Batch]:
                    return bar(batches, "Points", total=total)

                locator = read_locator(asked)
                tally = locate_file(table, options["out"], locator=locator, choice=choice, through=shown)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{error.filename} : {error.strerror}.") from error
        self._report(tally, time.perf_counter() - start)

    def _report(self, tally: Tally, seconds: float) -> None:
        self.stdout.write(f"{number(tally.rows)} lignes en {number(seconds, 1)} s.")
        for finding, count in tally.findings.most_common():
            self.stdout.write(f"  {finding} : {number(count)}")
        for (version, answer), count in sorted(tally.answers.items()):
            self.stdout.write(f"  {version}, {answer} : {number(count)}")


def _refuse_wrong_files(points: Path, out: Path) -> None:
    """Told before a long work rather than after it."""
    if not points.is_file():
        raise CommandError(f"{points} n’existe pas, ou n’est pas un fichier : donnez un CSV.")
    if not out.parent.is_dir():
        raise CommandError(f"Le dossier {out.parent} n’existe pas : créez-le, ou changez --out.")
    if out.is_dir():
        raise CommandError(f"{out} est un dossier : donnez à --out le nom d’un fichier.")
    if points.resolve() == out.resolve():
        raise CommandError("Le fichier à écrire est celui qu’on lit : donnez un autre nom à --out.")
