"""Registers the room `proximity`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProximityConfig(AppConfig):
    name = "faubourg.proximity"
    label = "proximity"
    verbose_name = _("gestion urbaine de proximité")

    def ready(self) -> None:
        """Names its acts and the pages of an area."""
        from . import acts, nav, tasks  # noqa: F401, PLC0415 (models are ready only now)

        acts.register()
        # The pages of an area, each slice adds its own line.
        nav.register("area", _("Accueil"), 0, public=True)
        nav.register("area_settings", _("Réglages"), 90)
