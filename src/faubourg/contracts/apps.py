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
            money,
            nav,
            project,
            questions,
            scopes,
            unsent,
            unsent_governance,
        )
        from .services.erasing import erase_names  # noqa: PLC0415 (idem)
        from .services.erasing_governance import erase_names as erase_names_of_governance  # noqa: PLC0415 (idem)

        acts.register()
        scopes.register()
        unsent.register()
        project.register()
        questions.register()
        money.register()
        erasure.register("contracts", erase_names)
        unsent_governance.register()
        erasure.register("contracts-governance", erase_names_of_governance)
        nav.register("contract_governance", _("Gouvernance"), 20)
        nav.register("contract_meetings", _("Réunions"), 21)
        nav.register("contract_decisions", _("Décisions"), 22)
        nav.register("contract_schedule", _("Calendrier"), 10)

        from . import unsent_agreement  # noqa: PLC0415 (idem)
        from .services.erasing_agreement import erase_names as erase_names_of_agreement  # noqa: PLC0415 (idem)

        unsent_agreement.register()
        erasure.register("contracts-agreement", erase_names_of_agreement)
        nav.register("contract_circuit", _("Circuit et signatures"), 60)
        nav.register("contract_text", _("Texte"), 61)
        nav.register("contract_conventions", _("Conventions"), 62)
        nav.register("contract_ends", _("Échéances"), 63)

        search.register(
            "contract", _("Contrats de ville"), one=_("contrat de ville"), order=3, icon="signature"
        )
