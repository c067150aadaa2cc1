"""Registers the project of a contract: its pages among those of the contract."""

from django.utils.translation import gettext_lazy as _

from . import nav


def register() -> None:
    """Called once, at start-up."""
    nav.register("contract_diagnoses", _("Diagnostics"), 30)
    nav.register("contract_stakes", _("Enjeux"), 31)
    nav.register("contract_objectives", _("Objectifs"), 32)
    nav.register("contract_actions", _("Actions"), 40)
