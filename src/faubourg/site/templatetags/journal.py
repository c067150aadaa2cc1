"""`{% load journal %}`: what the journal says of an object, in words, and by whom for those who may know."""

from typing import Any
from uuid import UUID

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext

from faubourg.base.journal import acts, telling
from faubourg.base.models import JournalEntry
from faubourg.site.access import can_read_author

register = template.Library()


@register.filter
def act(entry: JournalEntry) -> str | Promise:
    """What was done: « présentation modifiée »."""
    return acts.label_of(entry.act)


@register.filter
def changes(entry: JournalEntry) -> list[telling.Change]:
    """What it changed, value by value."""
    return telling.changes_of(entry)


@register.simple_tag(takes_context=True)
def author(context: Any, name: str, ref: UUID | None) -> str:
    """`{% author entry.actor_name entry.actor_ref as who %}`: the name for who may read it, else a role."""
    request = getattr(context, "request", None) or context.get("request")
    reader = getattr(request, "user", None) or AnonymousUser()
    if name and can_read_author(reader, ref).ok:
        return name
    return gettext("une personne habilitée")
