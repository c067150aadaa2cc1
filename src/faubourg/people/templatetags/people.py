"""`{% load people %}`: the journal's acts of this room in words."""

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import JournalEntry
from faubourg.people.demo import ACCOUNTS, PASSWORD

register = template.Library()

ACTS: dict[str, str | Promise] = {
    "account_closed": _("compte fermé"),
    "account_opened": _("compte ouvert"),
    "membership_added": _("membre ajouté"),
    "membership_ended": _("fin d’une appartenance"),
    "organisation_created": _("fiche créée"),
    "organisation_edited": _("fiche modifiée"),
    "person_renamed": _("nom changé"),
    "role_ended": _("fin d’un rôle"),
    "role_granted": _("rôle accordé"),
    "role_withdrawn": _("rôle retiré avant d’avoir commencé"),
}


@register.simple_tag
def demo_accounts() -> dict[str, object]:
    """`{% demo_accounts as demo_list %}`: `.accounts` (email, name, does), `.password`; empty elsewhere."""
    return {"accounts": ACCOUNTS, "password": PASSWORD} if settings.DEMO else {"accounts": (), "password": ""}


@register.filter
def act_label(entry: JournalEntry) -> str:
    """What was done, in words; the act's own name when no room has put words on it."""
    return str(ACTS.get(entry.act, entry.act))
