"""Registers the room `base`."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "faubourg.base"
    label = "base"

    def ready(self) -> None:
        """Let `faubourg check` know what to look at."""
        from . import checks  # noqa: F401, PLC0415 (registers itself, needs the models)
