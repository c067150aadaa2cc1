"""`faubourg calls tick` writes what the clock has made due; `faubourg calls exemple` makes the demo calls."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.translation import ngettext

from ...services.calls import tick
from ...services.committees import close_due
from ...services.example_life import make_example_life


class Command(BaseCommand):
    """To be run every few minutes, so that the journal says when a call opened and closed."""

    help = "Ouvre et ferme les appels à projets d’après les fenêtres de leurs règles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", choices=["tick", "exemple"], help="« tick » : inscrire ce que l’horloge a changé."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "exemple":
            self._example()
            return
        moved = tick()
        close_due()
        told = ngettext("%(n)s appel a changé d’étape.", "%(n)s appels ont changé d’étape.", moved)
        self.stdout.write(told % {"n": moved})

    def _example(self) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Les appels d’exemple sont inventés : ils ne sont faits qu’avec FAUBOURG_DEMO=1."
            )
        for call in make_example_life():
            self.stdout.write(f"{call.title} : {call.get_absolute_url()}")
