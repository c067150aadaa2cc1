"""What is recorded of the residents’ funds."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "fund.opened": _("fonds d’habitants ouvert"),
    "fund.edited": _("fonds d’habitants modifié"),
    "fund.member_seated": _("membre entré au comité"),
    "fund.member_left": _("membre sorti du comité"),
    "fund.committee_gathered": _("vote du comité ouvert"),
    "fund.committee_closed": _("vote du comité clos"),
}
VALUES = {
    "name": _("nom"),
    "year": _("année"),
    "projects": _("demandes"),
    "closes_at": _("clôture"),
}
