"""What agreements announce at start-up: pages, drafts, names to erase, what is told of their ends."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure, forgetting
from faubourg.base.rounds import CLOCKS, once_a_day
from faubourg.people import portability

from . import nav
from .queries.told import told_to
from .services import telling_ends
from .services.erasing_agreement import erase_names


def register() -> None:
    """Called once."""
    erasure.register("contracts-agreement", erase_names)
    erasure.register("contracts-ends", telling_ends.erase)
    forgetting.register("contracts-ends", once_a_day(telling_ends.forget))
    CLOCKS.register("contracts-ends", once_a_day(telling_ends.tell))
    portability.register("echeances_annoncees", told_to)
    nav.register("contract_circuit", _("Circuit et signatures"), 60)
    nav.register("contract_text", _("Texte"), 61)
    nav.register("contract_conventions", _("Conventions"), 62)
    nav.register("contract_ends", _("Échéances"), 63)
