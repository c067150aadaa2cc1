"""`{% load proximity_nav %}`: the pages of an area, on each of them."""

from collections.abc import Mapping
from typing import Any

from django import template

from faubourg.proximity.access import can_follow_area
from faubourg.proximity.models import Area
from faubourg.proximity.nav import navigation

register = template.Library()


@register.inclusion_tag("proximity/parts/nav.html", takes_context=True)
def area_nav(context: dict[str, Any], area: Area, current: str) -> dict[str, Any]:
    """`{% area_nav area "area_tickets" %}`; nothing when this reader could open one page only."""
    # A page for those who follow the area has asked already.
    follows = context.get("follows") is True or can_follow_area(context["request"].user, area).ok is True
    entries = navigation(area, current, follows=follows)
    return {"entries": entries if len(entries) > 1 else []}


@register.filter
def moment_name(names: Mapping[str, object], code: str) -> object:
    """The words of a moment by its code."""
    return names.get(code, code)
