"""What happens between the receipt and the jury."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.piece_checked": _("pièce vérifiée"),
    "calls.pieces_asked": _("pièces demandées"),
    "calls.clock_started": _("délai de deux mois ouvert"),
    "calls.routed": _("jury changé"),
    "calls.opinion_given": _("avis d’un financeur"),
    "calls.commented": _("message écrit"),
    "calls.claim_decided": _("exception décidée"),
    "calls.ranked": _("rang donné"),
    "calls.stood_back": _("déport enregistré"),
    "calls.interest_withdrawn": _("déport levé"),
}
VALUES = {
    "piece": _("pièce"),
    "accepted": _("acceptée"),
    "missing": _("pièces manquantes"),
    "due": _("avant le"),
    "jury": _("jury"),
    "funder": _("financeur"),
    "sense": _("avis"),
    "operating": _("fonctionnement, en centimes"),
    "investment": _("investissement, en centimes"),
    "shared": _("lu par le porteur"),
    "exclusion": _("exclusion"),
    "rank": _("rang"),
    "person": _("personne"),
    "about": _("à propos de"),
}
