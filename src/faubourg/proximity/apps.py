"""Registers the room `proximity`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProximityConfig(AppConfig):
    name = "faubourg.proximity"
    label = "proximity"
    verbose_name = _("gestion urbaine de proximité")

    def ready(self) -> None:
        """Names its acts, the pages of an area, what it forgets and what its clocks do."""
        from faubourg.base import erasure, forgetting  # noqa: PLC0415 (models are ready only now)
        from faubourg.base.rounds import CLOCKS, SOON, once_a_day  # noqa: PLC0415 (idem)

        from . import acts, tasks  # noqa: F401, PLC0415 (idem)
        from .services import (  # noqa: PLC0415 (idem)
            alerts,
            erasing,
            forgetting_walks,
            lateness,
            news,
            purging,
            tfpb_moves,
            waiting_photos,
        )

        acts.register()
        erasure.register("proximity-walks", forgetting_walks.erase_names)
        forgetting.register("walkers", forgetting_walks.forget_walkers)
        forgetting.register("walk-photos", once_a_day(forgetting_walks.forget_photos))
        erasure.register("proximity", erasing.erase_names)
        forgetting.register("proximity", once_a_day(purging.purge))
        CLOCKS.register("proximity-silence", once_a_day(lateness.silence))
        CLOCKS.register("proximity-tfpb-ends", once_a_day(tfpb_moves.ends))
        SOON.register("proximity-news", news.take_up)
        CLOCKS.register("proximity-lateness", once_a_day(lateness.tell_lateness))
        CLOCKS.register("proximity-alerts", once_a_day(alerts.tell))
        forgetting.register("proximity-alerts", once_a_day(alerts.forget))
        forgetting.register("proximity-waiting-photos", waiting_photos.forget)
        _name_pages()


def _name_pages() -> None:
    """The pages of an area, each slice adds its own line."""
    from . import nav  # noqa: PLC0415 (idem)

    nav.register("area", _("Accueil"), 0, public=True)
    nav.register("area_map", _("Carte"), 10, public=True)
    nav.register("area_gallery", _("Avant, après"), 12, public=True)
    nav.register("area_figures", _("Chiffres"), 14, public=True)
    nav.register("area_settings", _("Réglages"), 90)
    nav.register("area_tickets", _("Signalements"), 20)
    nav.register("area_unowned", _("Sans responsable"), 22)
    nav.register("area_week", _("Semaine"), 24)
    nav.register("area_conventions", _("Conventions"), 60, public=True)
    nav.register("area_walks", _("Marches"), 40, public=True)
    nav.register("area_photos", _("Photos"), 26)
