"""What happens to the fiche, the links and the analyses, and the values that a history may show."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "analysis.composed": _("analyse composée"),
    "analysis.revised": _("analyse modifiée"),
    "analysis.deleted": _("analyse supprimée"),
    "contract.link.added": _("quartier rattaché"),
    "contract.link.confirmed": _("rattachement confirmé"),
    "contract.link.rejected": _("quartier écarté"),
    "contract.sheet.updated": _("fiche complétée"),
}
VALUES = {
    "quarter": _("quartier"),
    "etp_pv": _("ETP politique de la ville"),
    "etp_pru": _("ETP renouvellement urbain"),
    "etp_note": _("précision sur les ETP"),
    "renewal": _("renouvellement urbain"),
    "governance": _("gouvernance"),
    "priorities": _("priorités"),
    "signatories": _("signataires"),
    "title": _("titre"),
}
