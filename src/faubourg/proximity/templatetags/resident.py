"""`{% load resident %}`: the sentences of a resident's page, from `words` of the context."""

from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from ..models import Category
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


# By the code of the shipped categories, else by theme.
_GLYPHS = {
    "litter": "brush-cleaning", "bulky": "armchair", "bins": "recycle", "lighting": "lightbulb",
    "roads": "construction", "vehicles": "car", "greenery": "tree-deciduous", "equipment": "wrench",
    "graffiti": "spray-can", "hall": "mailbox", "lift": "chevrons-up-down", "leak": "droplets",
    "pests": "bug",
    "noise": "volume-2", "safety": "shield", "presence": "user-check", "other": "ellipsis",
    "degraded_housing": "house", "cleanliness": "brush-cleaning", "streets": "construction", "green": "trees",
    "buildings": "building", "tranquillity": "volume-2", "access": "accessibility", "housing": "house",
}  # fmt: skip


@register.filter
def pictogram(category: Category) -> str:
    """The symbol of a category: its own, else that of its code or of its theme."""
    return category.glyph or _GLYPHS.get(category.code) or _GLYPHS.get(category.theme, "ellipsis")


@register.simple_tag(takes_context=True)
def category_name(context: Context, category: Category) -> SafeString:
    """Its name in the language of the page; a name only known in French is marked as French."""
    words: Words = context["words"]
    name = words.category(category)
    if words.language in ("fr", "fr-easy") or not words.is_french(category):
        return format_html("{}", name)
    return format_html('<span lang="fr" dir="ltr">{}</span>', name)


@register.simple_tag(takes_context=True)
def say_channel(context: Context, channel: str) -> str:
    """How one is told."""
    words: Words = context["words"]
    return words.said(f"contact.{channel}")


@register.filter
def words_of(names: str) -> list[str]:
    """Names separated by spaces, to go through."""
    return names.split()


@register.filter
def unlocalized(degrees: float | None) -> str:
    """A coordinate as a script reads it."""
    return "" if degrees is None else repr(float(degrees))


@register.simple_tag(takes_context=True)
def short_day(context: Context, day: date) -> str:
    """A day in figures, as the language writes it."""
    words: Words = context["words"]
    with override(words.language[:2]):
        return date_format(day, "SHORT_DATE_FORMAT")
