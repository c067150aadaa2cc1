"""The journal's acts of this room in words. No value is named: most are personal."""

from django.utils.translation import gettext_lazy as _

from faubourg.base.journal import acts

ACTS = {
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


def register() -> None:
    """Called once, at start-up."""
    for act, label in ACTS.items():
        acts.name(act, label)
