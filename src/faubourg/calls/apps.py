"""Registers the room `calls`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "faubourg.calls"
    label = "calls"

    def ready(self) -> None:
        """Names its acts, where a role can hold, the pages of a call."""
        from . import acts, nav, scopes  # noqa: PLC0415 (models are ready only now)

        acts.register()
        scopes.register()
        # The pages of a call, in the order of its life; each slice adds its own line.
        nav.register("call", _("L’appel"), 0, public=True)
        nav.register("call_run", _("Piloter"), 10)
        nav.register("call_applications", _("Dossiers"), 30)
