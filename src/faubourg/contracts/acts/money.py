"""What happens to the droit commun register, commitments and the maquette financière."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "funding.added": _("somme inscrite"),
    "funding.changed": _("somme corrigée"),
    "funding.emptied": _("somme retirée"),
    "funding.revised": _("ligne corrigée"),
    "funding.event": _("gel, dégel ou annulation"),
    "funding.imported": _("tableau importé"),
}
VALUES = {
    "amount": _("montant"),
    "money_level": _("niveau"),
    "money_origin": _("origine"),
    "money_nature": _("nature"),
    "money_label": _("objet"),
    "funder": _("financeur"),
    "money_objective": _("axe ou objectif"),
    "money_event": _("évènement"),
    "money_available": _("disponible"),
    "money_frozen": _("gelé"),
    "money_cut": _("annulé"),
    "act": _("acte"),
    "money_lines": _("sommes"),
}
