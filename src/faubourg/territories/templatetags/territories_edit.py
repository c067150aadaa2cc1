"""`{% load territories_edit %}`: whether the reader may write a place, and the journal's acts in words."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import JournalEntry
from faubourg.rules.verdict import Verdict
from faubourg.territories import access
from faubourg.territories.models import Territory

register = template.Library()

ACTS: dict[str, str | Promise] = {
    "territory_edited": _("présentation modifiée"),
    "alias_added": _("autre nom ajouté"),
    "alias_withdrawn": _("autre nom retiré"),
    "correction_recorded": _("correction enregistrée"),
    "correction_withdrawn": _("correction retirée"),
    "lineage_added": _("filiation ajoutée"),
    "lineage_withdrawn": _("filiation retirée"),
    "resource_added": _("ressource ajoutée"),
    "resource_withdrawn": _("ressource retirée"),
    "figure_added": _("chiffre ajouté"),
    "figure_withdrawn": _("chiffre retiré"),
    "perimeter_added": _("périmètre ajouté"),
    "perimeter_withdrawn": _("périmètre retiré"),
    "neighbourhood_created": _("quartier créé"),
}


@register.simple_tag(takes_context=True)
def may_edit(context: dict[str, Any], place: Territory) -> Verdict:
    """`{% may_edit place as may %}`: the verdict, so that a greyed action says why."""
    request = context.get("request")
    return access.can_edit_territory(request.user, place) if request else Verdict(())


@register.filter
def place_act(entry: JournalEntry) -> str:
    """What was done to a place, in words; the act's own name when it is not one of this room."""
    return str(ACTS.get(entry.act, entry.act))
