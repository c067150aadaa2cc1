"""`{% load places %}`: how a sheet writes a day."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """« 1er janvier 2024 » in French, where the first of a month is an ordinal; else the usual format."""
    if value is None:
        return ""
    text = date_format(value, "DATE_FORMAT")
    french = not (get_language() or "fr").startswith("en")
    return f"1er{text[1:]}" if french and value.day == 1 else text
