"""`faubourg proximity exemple` opens the area of the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.urls import reverse

from ...services.example_life import make_example_life


class Command(BaseCommand):
    """What it makes is invented, labelled as such, and made once."""

    help = "Ouvre le territoire de proximité d’exemple (avec FAUBOURG_DEMO=1 seulement)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", choices=["exemple"], help="« exemple » : le territoire de la démonstration."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Ce territoire est inventé : il n’est fait qu’avec FAUBOURG_DEMO=1.")
        area = make_example_life()
        if area is None:
            raise CommandError(
                "La commune de l’exemple manque : chargez d’abord les territoires (faubourg load)."
            )
        self.stdout.write(f"Territoire de proximité d’exemple : {reverse('area', args=[area.code])}")
