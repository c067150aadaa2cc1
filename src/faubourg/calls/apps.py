"""Registers the room `calls`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "faubourg.calls"
    label = "calls"

    def ready(self) -> None:
        """Names its acts, where a role can hold, the pages of a call, what it forgets."""
        from faubourg.base import erasure, forgetting  # noqa: PLC0415 (models are ready only now)

        from . import (  # noqa: F401, PLC0415 (idem)
            acts,
            applying,
            calling,
            money,
            nav,
            panels_jury,
            panels_reports,
            scopes,
            tasks,
        )
        from .services import forgetting_funds  # noqa: PLC0415 (idem)

        acts.register()
        scopes.register()
        erasure.register("calls-funds", forgetting_funds.erase_names)
        forgetting.register("fund_contacts", forgetting_funds.forget_contacts)
        # The pages of a call, in the order of its life; each slice adds its own line.
        calling.register()
        nav.register("call_intents", _("Fiches"), 20)
        nav.register("call_juries", _("Jurys"), 40)
        nav.register("call_allocation", _("Répartition"), 42)
        nav.register("call_programming", _("Programmation"), 44)
        nav.register("call_applications", _("Dossiers"), 30)
        nav.register("call_rankings", _("Priorisation"), 35)
        nav.register("call_interests", _("Déports"), 36)
        nav.register("call_exports", _("Échanges"), 38)
        applying.register()
        money.register()
        panels_jury.register()
        panels_reports.register()
