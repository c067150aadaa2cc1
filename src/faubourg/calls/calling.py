"""Registers calls and their rules: pages, search, what contracts show, the names they keep."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure, search
from faubourg.contracts import panels

from . import nav


def register() -> None:
    """Called once, at start-up."""
    from .overview import calls_panel  # noqa: PLC0415 (models are ready only now)
    from .services.erasing_calls import erase_names  # noqa: PLC0415 (idem)

    nav.register("call", _("L’appel"), 0, public=True)
    nav.register("call_run", _("Piloter"), 10)
    nav.register("call_envelopes", _("Enveloppes"), 15)
    search.register("call", _("Appels à projets"), one=_("appel à projets"), order=9, icon="megaphone")
    panels.register("calls", calls_panel)
    erasure.register("calls", erase_names)
