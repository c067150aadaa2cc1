"""Registers the room `base`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "faubourg.base"
    label = "base"

    def ready(self) -> None:
        """Let `faubourg check` know what to look at, the journal what its own act is called, dates their first."""
        from . import checks  # noqa: F401, PLC0415 (registers itself, needs the models)
        from .formats import speak_ordinals  # noqa: PLC0415 (idem)
        from .journal import acts  # noqa: PLC0415 (idem)

        speak_ordinals()
        acts.name("personal_values_erased", _("valeurs personnelles effacées"))
