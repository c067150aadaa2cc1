"""`{% load calls_examination %}`: the navigation of a dossier, its state, its panels."""

from typing import Any

from django import template
from django.utils.translation import gettext

from faubourg.rules.calls.accounts import ACCOUNTS
from faubourg.rules.calls.circuits import APPLICATION

from ..access.readers import Reader
from ..application_nav import navigation

register = template.Library()

_TONES = {
    "to_complete": "warn",
    "adjourned": "warn",
    "inadmissible": "bad",
    "rejected": "bad",
    "retained": "good",
    "retained_with_reserves": "good",
    "running": "good",
    "settled": "good",
    "withdrawn": "neutral",
}


@register.inclusion_tag("calls/parts/application_nav.html")
def application_nav(reader: Reader, current: str) -> dict[str, Any]:
    """The pages of one dossier: `{% application_nav reader "application" %}`."""
    return {"entries": navigation(reader, current)}


@register.filter
def state_tone(state: str) -> str:
    """The tone of the badge of a state."""
    return _TONES.get(state, "info")


@register.filter
def state_name(state: str) -> str:
    """The state of a dossier in words."""
    return gettext(APPLICATION.states[state])


@register.filter
def move_name(move: str) -> str:
    """What a step did: « Déclarer complet »."""
    try:
        return gettext(APPLICATION.by_act(move).name)
    except KeyError:
        return move


@register.filter
def account_name(code: str) -> str:
    """The account of the form in words."""
    return gettext(ACCOUNTS[code].name) if code in ACCOUNTS else code
