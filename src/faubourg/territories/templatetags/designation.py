"""`{% load designation %}`: criteria of the statutory test as a page writes them."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import money, number
from faubourg.rules.designation import Margin
from faubourg.rules.verdict import Reason

register = template.Library()

NAMES = {
    "urban-unit": _("La taille de l’agglomération"),
    "urban-unit-derogation": _("La taille de l’agglomération"),
    "population": _("La population du quartier"),
    "continuity": _("Un espace urbain continu"),
    "income": _("Le revenu des habitants"),
    "commune": _("La taille de la commune"),
    "density": _("La densité"),
    "overseas-index": _("L’indice synthétique"),
    "overseas-2025": _("Les critères ultramarins depuis 2025"),
}
# The drawing is a hundred wide; the threshold stands at its middle.
WIDTH, MIDDLE = 100, 50


@register.filter
def criterion_name(reason: Reason) -> str:
    """What the criterion is about, in plain words."""
    return str(NAMES.get(reason.code, reason.code))


@register.filter
def quantity(value: Any, reason: Reason) -> str:
    """A threshold or an operand with its unit."""
    if value is None:
        return gettext("inconnu")
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if reason.code == "income":
        return money(value)
    if reason.code == "density":
        return f"{number(value, 0)}\u00a0{gettext('hab./km²')}"
    return f"{number(value, 0)}\u00a0{gettext('hab.')}"


@register.simple_tag
def gauge(distance: Margin) -> SafeString:
    """The operand against its threshold, drawn; the sentence beside it says the same."""
    width = round(min(distance.share * MIDDLE, WIDTH), 1)
    return format_html(
        '<svg class="gauge gauge-{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="gauge-ground" width="100" height="6"/><rect class="gauge-value" width="{}" height="6"/>'
        '<line class="gauge-bound" x1="50" x2="50" y1="0" y2="6"/></svg>',
        "met" if distance.said.met else "unmet",
        width,
    )
