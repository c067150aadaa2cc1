"""Registers the room `contracts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractsConfig(AppConfig):
    name = "faubourg.contracts"
    label = "contracts"

    def ready(self) -> None:
        """Names what this room lets people find, and where a role can hold."""
        from faubourg.base import erasure, search  # noqa: PLC0415 (models are ready only now)

        from . import (  # noqa: PLC0415 (idem)
            acts,
            agreement,
            money,
            nav,
            project,
            questions,
            scopes,
        )
        from .services.erasing import erase_names  # noqa: PLC0415 (idem)
        from .services.erasing_governance import erase_names as erase_names_of_governance  # noqa: PLC0415 (idem)

        acts.register()
        scopes.register()
        project.register()
        agreement.register()
        questions.register()
        money.register()
        erasure.register("contracts", erase_names)
        erasure.register("contracts-governance", erase_names_of_governance)
        nav.register("contract_governance", _("Gouvernance"), 20)
        nav.register("contract_meetings", _("Réunions"), 21)
        nav.register("contract_decisions", _("Décisions"), 22)
        nav.register("contract_schedule", _("Calendrier"), 10)

        search.register(
            "contract", _("Contrats de ville"), one=_("contrat de ville"), order=3, icon="signature"
        )
