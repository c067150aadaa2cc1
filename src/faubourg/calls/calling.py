"""Registers calls and their rules: pages, search, drafts, what contracts show, the names they keep."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import erasure, search, unsent
from faubourg.contracts import panels

from . import nav
from .access import drafts
from .models import Call, RuleSetVersion


def register() -> None:
    """Called once, at start-up."""
    from .overview import calls_panel  # noqa: PLC0415 (models are ready only now)
    from .services.erasing_calls import erase_names  # noqa: PLC0415 (idem)

    nav.register("call", _("L’appel"), 0, public=True)
    nav.register("call_run", _("Piloter"), 10)
    nav.register("call_envelopes", _("Enveloppes"), 15)
    search.register("call", _("Appels à projets"), one=_("appel à projets"), order=9, icon="megaphone")
    panels.register("calls", calls_panel)
    unsent.register("call-new", _("nouvel appel à projets"), _new)
    unsent.register("call", _("appel à projets"), _call, drafts.may_edit_call)
    unsent.register("rule-set", _("jeu de règles"), _rule_set, drafts.may_edit_rules)
    erasure.register("calls", erase_names)


def _new(rest: str) -> tuple[str, str] | None:
    return gettext("nouveau"), reverse("call_new")


def _call(rest: str) -> tuple[str, str] | None:
    found = Call.objects.filter(code=rest).first()
    return (found.title, reverse("call_edit", args=[found.code])) if found else None


def _rule_set(rest: str) -> tuple[str, str] | None:
    """Nowhere once it is published."""
    drafts = RuleSetVersion.objects.filter(status=RuleSetVersion.Status.DRAFT)
    found = drafts.filter(pk=int(rest)).first() if rest.isdecimal() and len(rest) < 10 else None
    return (found.name, reverse("rule_set_edit", args=[found.pk])) if found else None
