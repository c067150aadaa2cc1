"""`{% load territories_edit %}`: whether the reader may write a place, so that a greyed action says why."""

from collections.abc import Collection
from typing import Any

from django import template

from faubourg.rules.verdict import Verdict
from faubourg.territories import access
from faubourg.territories.models import Territory

register = template.Library()


@register.simple_tag(takes_context=True)
def may_edit(
    context: dict[str, Any], place: Territory, lies_in: Collection[Territory] | None = None
) -> Verdict:
    """`{% may_edit place as may %}`: yes, or the reasons to show beside the greyed action.

    `lies_in`: its communes when the page has read them, so that they are not asked again.
    """
    request = context.get("request")
    return access.can_edit_territory(request.user, place, lies_in=lies_in or ()) if request else Verdict(())
