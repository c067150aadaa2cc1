"""The journal's acts of this room in words, and the values that a history may show."""

from django.utils.translation import gettext_lazy as _

from faubourg.base.journal import acts

ACTS = {
    "report.opened": _("rapport annuel ouvert"),
    "report.written": _("rapport annuel rédigé"),
    "report.sent": _("rapport annuel soumis pour avis"),
    "report.taken_back": _("projet de rapport repris"),
    "report.opinion": _("avis enregistré"),
    "report.closed": _("consultation close"),
    "report.deliberated": _("délibération enregistrée"),
    "report.published": _("rapport annuel publié"),
}
VALUES = {
    "year": _("année"),
    "asked": _("instances consultées"),
    "sense": _("avis"),
    "reply_by": _("réponse attendue jusqu’au"),
    "deemed_favourable": _("réputés favorables"),
    "deliberation": _("délibération"),
}


def register() -> None:
    """Called once, at start-up."""
    for act, label in ACTS.items():
        acts.name(act, label)
    acts.say(VALUES)
