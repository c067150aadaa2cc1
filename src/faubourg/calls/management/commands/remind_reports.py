"""`faubourg remind_reports`: opens the reports that granted money calls for, reminds those that are due."""

from typing import Any

from django.core.management.base import BaseCommand

from ...services.opening_reports import bring_up_to_date


class Command(BaseCommand):
    """To be run once a day; running it again changes nothing."""

    help = "Ouvre les bilans dus et prépare les rappels (J−60, J−30, J)."

    def handle(self, *args: Any, **options: Any) -> None:
        opened, reminded = bring_up_to_date()
        self.stdout.write(f"{opened} bilans ouverts, {reminded} rappels préparés.")
