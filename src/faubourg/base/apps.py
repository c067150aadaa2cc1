"""Registers the room `base`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "faubourg.base"
    label = "base"

    def ready(self) -> None:
        """Let `faubourg check` know what to look at, and the journal what its own act is called."""
        from . import checks  # noqa: F401, PLC0415 (registers itself, needs the models)
        from .journal import acts  # noqa: PLC0415 (idem)

        acts.name("personal_values_erased", _("valeurs personnelles effacées"))
