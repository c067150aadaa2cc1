"""`faubourg backup FILE.tar`: database, uploads and the journal's anchor in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from faubourg.base.backup import backup
from faubourg.base.numbers import number


class Command(BaseCommand):
    """Can be run while people work."""

    help = "Sauvegarde l’installation dans un seul fichier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = f"faubourg-{localtime():%Y-%m-%d-%H%M}.tar"
        parser.add_argument("file", nargs="?", type=Path, default=Path(default))
        parser.add_argument("--portable", action="store_true", help="ligne à ligne, pour changer de base")
        parser.add_argument(
            "--with-keys", action="store_true", help="avec les clés : gardez le fichier secret"
        )

    def handle(self, *args: Any, file: Path, portable: bool, with_keys: bool, **options: Any) -> None:
        try:
            backup(file, portable=portable, with_keys=with_keys)
        except OSError as error:
            raise CommandError(
                f"La sauvegarde n’a pas pu être écrite dans {file} : {error.strerror}."
            ) from error
        size = number(file.stat().st_size / 1024 / 1024, 1)
        self.stdout.write(self.style.SUCCESS(f"Sauvegardé : {file} ({size} Mo)."))
        if not with_keys:
            self.stdout.write(
                "Les clés n’y sont pas : gardez à part secret.key et journal.key (sans la seconde, "
                "le journal ne peut plus être vérifié), ou ajoutez --with-keys."
            )
