"""What is written in a call: its texts, its rules, its funders and envelopes."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.call.made": _("appel à projets préparé"),
    "calls.call.written": _("appel à projets modifié"),
    "calls.call.rules_changed": _("règles de l’appel remplacées par une autre version"),
    "calls.funder.written": _("financeur de l’appel enregistré"),
    "calls.funder.removed": _("financeur de l’appel retiré"),
    "calls.envelope.written": _("enveloppe enregistrée"),
    "calls.envelope.removed": _("enveloppe retirée"),
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
