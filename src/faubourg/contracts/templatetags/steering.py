"""`{% load steering %}`: when a meeting takes place, in words."""

from django import template

from faubourg.contracts.models import Meeting
from faubourg.contracts.moments import moment_of

register = template.Library()


@register.filter
def moment(meeting: Meeting) -> str:
    """« vendredi 15 mars 2024, de 9:30 à 11:00 », or the day alone when no hour is known."""
    return moment_of(meeting)
