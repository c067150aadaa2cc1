"""The acts of the journal about TFPB conventions."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Mapping[str, str | Promise] = {
    "tfpb.opened": _("convention d’abattement de TFPB ouverte"),
    "tfpb.action_written": _("action de TFPB écrite"),
    "tfpb.action_removed": _("action de TFPB retirée"),
    "tfpb.line_written": _("coût d’une action de TFPB écrit"),
    "tfpb.year_written": _("année de TFPB modifiée"),
    "tfpb.delay_granted": _("délai de signature accordé"),
    "tfpb.proof_added": _("preuve ajoutée"),
    "tfpb.proof_removed": _("preuve retirée"),
    "tfpb.visited": _("visite contradictoire notée"),
    "tfpb.review_signed": _("bilan annuel signé"),
}
VALUES: Mapping[str, str | Promise] = {
    "landlord": _("bailleur"),
    "year": _("année"),
    "axis": _("axe"),
    "cost": _("coût, en centimes"),
    "valued": _("valorisé, en centimes"),
    "rebate": _("abattement, en centimes"),
    "proof": _("preuve"),
    "side": _("au nom de"),
    "until": _("jusqu’au"),
}
