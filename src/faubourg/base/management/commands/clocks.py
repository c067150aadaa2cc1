"""`faubourg clocks`: does what time alone brings about; the worker does the same by itself."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from faubourg.base.rounds import CLOCKS, SOON


class Command(BaseCommand):
    """For an installation without a worker, from a timer."""

    help = "Fait ce que le temps amène : clôtures par silence, retards à signaler, messages à envoyer."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for name, count in (CLOCKS.go(now) | SOON.go(now)).items():
            self.stdout.write(f"{name} : {count}")
