"""`{% load territories_edit %}`: whether the reader may write a place, so that a greyed action says why."""

from collections.abc import Collection
from typing import Any

from django import template

from faubourg.people.scopes import Scope
from faubourg.rules.verdict import Verdict
from faubourg.territories import access
from faubourg.territories.models import Territory

register = template.Library()


@register.simple_tag(takes_context=True)
def may_edit(
    context: dict[str, Any],
    place: Territory,
    lies_in: Collection[Territory] | None = None,
    covered: Collection[Scope] | None = None,
) -> Verdict:
    """`{% may_edit place as may %}`: yes, or the reasons to show beside the greyed action.

    `lies_in`, `covered`: its communes, the contracts over it, when the page has read them: not asked again.
    """
    request = context.get("request")
    if not request:
        return Verdict(())
    # A name that the page does not know comes as an empty text.
    known = None if isinstance(covered, str) else covered
    return access.can_edit_territory(request.user, place, lies_in=lies_in or (), covered=known)
