"""`{% load territories_edit %}`: whether the reader may write a place, so that a greyed action says why."""

from typing import Any

from django import template

from faubourg.rules.verdict import Verdict
from faubourg.territories import access
from faubourg.territories.models import Territory

register = template.Library()


@register.simple_tag(takes_context=True)
def may_edit(context: dict[str, Any], place: Territory) -> Verdict:
    """`{% may_edit place as may %}`: yes, or the reasons to show beside the greyed action."""
    request = context.get("request")
    return access.can_edit_territory(request.user, place) if request else Verdict(())
