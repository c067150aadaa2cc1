"""The money of a contract at start-up: its pages."""

from django.utils.translation import gettext_lazy as _

from . import nav


def register() -> None:
    """Called once, at start-up."""
    nav.register("contract_ordinary", _("Droit commun"), 45)
    nav.register("contract_money", _("Maquette financière"), 50)
