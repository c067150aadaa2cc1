"""What is written in a call: its texts, its rules, its funders and envelopes."""

from django.utils.translation import gettext_lazy as _

MADE = "calls.call.made"
WRITTEN = "calls.call.written"
RULES_CHANGED = "calls.call.rules_changed"
FUNDER_WRITTEN = "calls.funder.written"
FUNDER_REMOVED = "calls.funder.removed"
ENVELOPE_WRITTEN = "calls.envelope.written"
ENVELOPE_REMOVED = "calls.envelope.removed"

ACTS = {
    MADE: _("appel à projets préparé"),
    WRITTEN: _("appel à projets modifié"),
    RULES_CHANGED: _("règles de l’appel remplacées par une autre version"),
    FUNDER_WRITTEN: _("financeur de l’appel enregistré"),
    FUNDER_REMOVED: _("financeur de l’appel retiré"),
    ENVELOPE_WRITTEN: _("enveloppe enregistrée"),
    ENVELOPE_REMOVED: _("enveloppe retirée"),
}
VALUES = {
    "title": _("titre"),
    "year": _("année"),
    "presentation": _("présentation"),
    "contact": _("contact"),
    "appeal_route": _("voies et délais de recours"),
    "rule_set": _("jeu de règles"),
    "funder": _("financeur"),
    "level": _("niveau"),
    "nature": _("nature"),
    "amount_cents": _("montant en centimes"),
}
