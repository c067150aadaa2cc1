"""Registers the room `territories`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoriesConfig(AppConfig):
    name = "faubourg.territories"
    label = "territories"

    def ready(self) -> None:
        """Names what this room lets people find, and where a role can hold."""
        from faubourg.base import erasure, search  # noqa: PLC0415 (models are ready only now)

        from . import acts, scopes, tasks  # noqa: F401, PLC0415 (idem)
        from .services.erasing import erase_names  # noqa: PLC0415 (idem)

        acts.register()
        scopes.register()
        erasure.register("territories", erase_names)

        search.register("commune", _("Communes"), one=_("commune"), order=1, icon="house")
        search.register("neighbourhood", _("Quartiers"), one=_("quartier"), order=2, icon="map-pin")
        search.register("epci", _("Intercommunalités"), one=_("intercommunalité"), order=4, icon="building-2")
        search.register(
            "ept",
            _("Établissements publics territoriaux"),
            one=_("établissement public territorial"),
            order=5,
            icon="building-2",
        )
        search.register("departement", _("Départements"), one=_("département"), order=6, icon="landmark")
        search.register("region", _("Régions"), one=_("région"), order=7, icon="landmark")
        search.register("urban_unit", _("Unités urbaines"), one=_("unité urbaine"), order=8, icon="map")
