"""`{% load calls_nav %}`: the pages of a call, on each of them."""

from typing import Any

from django import template

from faubourg.calls.access import can_follow_call
from faubourg.calls.models import Call
from faubourg.calls.nav import navigation

register = template.Library()


@register.inclusion_tag("calls/parts/nav.html", takes_context=True)
def call_nav(context: dict[str, Any], call: Call, current: str) -> dict[str, Any]:
    """`{% call_nav call "call_run" %}`; nothing when this reader could open one page only."""
    follows = can_follow_call(context["request"].user, call).ok is True
    sections, pages = navigation(call, current, follows=follows)
    return {"sections": sections, "pages": pages} if len(sections) > 1 or pages else {}
