"""`{% load resident %}`: the sentences of a resident's page, from `words` of the context."""

from typing import Any

from django import template
from django.template import Context

from ..texts import Words

register = template.Library()
_BCP47 = {"fr-easy": "fr"}


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **told: Any) -> str:
    """`{% say "where.low" metres=40 %}`: escaped by the template like any text."""
    words: Words = context["words"]
    return words.said(key, **told)


@register.filter
def bcp47(language: str) -> str:
    """What stands in `lang`: easy French is French for a screen reader."""
    return _BCP47.get(language, language)


@register.simple_tag(takes_context=True)
def state_name(context: Context, state: str) -> str:
    """A state of a report as residents read it."""
    words: Words = context["words"]
    return words.said(f"state.{state}")
