"""`faubourg calls tick`: writes what the clock has made due; pages show it without waiting for this."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import ngettext

from ...services.calls import tick


class Command(BaseCommand):
    """To be run every few minutes, so that the journal says when a call opened and closed."""

    help = "Ouvre et ferme les appels à projets d’après les fenêtres de leurs règles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["tick"], help="« tick » : inscrire ce que l’horloge a changé.")

    def handle(self, *args: Any, **options: Any) -> None:
        moved = tick()
        told = ngettext("%(n)s appel a changé d’étape.", "%(n)s appels ont changé d’étape.", moved)
        self.stdout.write(told % {"n": moved})
