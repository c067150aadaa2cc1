"""`{% load intents %}`: the state of a summary sheet in words, and the tone of its badge."""

from django import template
from django.utils.translation import gettext

from faubourg.rules.calls.circuits import INTENT

register = template.Library()

TONES = {
    "draft": "neutral",
    "submitted": "info",
    "late": "warn",
    "conforming": "good",
    "with_reserves": "warn",
    "not_conforming": "bad",
    "converted": "good",
}


@register.filter
def intent_state(state: str) -> str:
    """« conforme avec réserves »."""
    return gettext(INTENT.states.get(state, state))


@register.filter
def intent_tone(state: str) -> str:
    """A key of the badges’ tones."""
    return TONES.get(state, "neutral")
