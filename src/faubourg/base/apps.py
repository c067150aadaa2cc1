"""Registers the room `base`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "faubourg.base"
    label = "base"

    def ready(self) -> None:
        """Say what `faubourg check` looks at, what the journal calls its own act, how French says a first."""
        from . import checks, durable, forgetting, pace  # noqa: F401, PLC0415 (registers itself, needs the models)
        from .formats import speak_ordinals  # noqa: PLC0415 (idem)
        from .journal import acts  # noqa: PLC0415 (idem)

        speak_ordinals()
        forgetting.register("pace", pace.forget)
        forgetting.register("half-written", durable.sweep)
        acts.name("personal_values_erased", _("valeurs personnelles effacées"))
