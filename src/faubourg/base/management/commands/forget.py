"""`faubourg forget`: erases what has outlived its time; the worker does the same every minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from faubourg.base.forgetting import forget


class Command(BaseCommand):
    """For an installation without a worker, from a timer."""

    help = "Efface ce dont la durée de conservation est dépassée."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in forget(timezone.now()).items():
            self.stdout.write(f"{name} : {count} effacé(s).")
