"""`faubourg restore FILE.tar`: reads a backup into a new installation, then verifies its journal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from faubourg.base.backup import NotRestored, restore


class Command(BaseCommand):
    """Never writes over an installation that holds something."""

    help = "Restaure une sauvegarde dans une installation neuve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        try:
            manifest = restore(file)
        except NotRestored as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0)
        self.stdout.write(self.style.SUCCESS(f"Restauré : sauvegarde du {manifest['made_at']}."))
        self.stdout.write("Vérifiez maintenant le journal : « faubourg journal verify ».")
