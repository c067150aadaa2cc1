"""What agreements announce at start-up: their pages, their drafts, the names to erase."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure

from . import nav
from .services.erasing_agreement import erase_names


def register() -> None:
    """Called once."""
    erasure.register("contracts-agreement", erase_names)
    nav.register("contract_circuit", _("Circuit et signatures"), 60)
    nav.register("contract_text", _("Texte"), 61)
    nav.register("contract_conventions", _("Conventions"), 62)
    nav.register("contract_ends", _("Échéances"), 63)
