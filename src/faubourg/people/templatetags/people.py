"""`{% load people %}`: the journal's acts of this room in words."""

from django import template
from django.conf import settings

from faubourg.base.journal import acts
from faubourg.base.models import JournalEntry
from faubourg.people.demo import ACCOUNTS, PASSWORD

register = template.Library()


@register.simple_tag
def demo_accounts() -> dict[str, object]:
    """`{% demo_accounts as demo_list %}`: `.accounts` (email, name, does), `.password`; empty elsewhere."""
    return {"accounts": ACCOUNTS, "password": PASSWORD} if settings.DEMO else {"accounts": (), "password": ""}


@register.filter
def act_label(entry: JournalEntry) -> str:
    """What was done, in words; the act's own name when no room has put words on it."""
    return str(acts.label_of(entry.act))
