"""The money after the jury at start-up: its pages of a call and of a dossier, its panel."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure

from . import application_nav, nav, panels
from .access.readers import Reader
from .services.erasing_money import erase_names

ORDER = 30


def register() -> None:
    """Called once, at start-up."""
    nav.register("call_decisions", _("Décisions"), 60)
    nav.register("call_letters", _("Courriers"), 62)
    nav.register("call_agreements", _("Conventions"), 64)
    nav.register("call_payments", _("Versements"), 66)
    nav.register("call_cuts", _("Gels"), 68)
    application_nav.register("application_money", _("Argent"), 60)
    panels.register("money", _panel, order=ORDER)
    erasure.register("calls-money", erase_names)


def _panel(reader: Reader) -> panels.Panel | None:
    """What each funder decided, for the services; the applicant has its own page, once letters left."""
    if not reader.may_read_workings.ok:
        return None
    decisions = list(
        reader.application.decisions.select_related("funder").order_by("funder__order", "funder", "year")
    )
    if not decisions:
        return None
    return panels.Panel("money", _("Argent"), "calls/money/panel.html", {"decisions": decisions})
