"""What is recorded of the money of a call: letters, agreements, freezes and cuts."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.letter_drafted": _("courrier préparé"),
    "calls.letter_edited": _("courrier modifié"),
    "calls.letter_sent": _("courrier envoyé"),
    "calls.agreement_made": _("acte attributif établi"),
    "calls.agreement_revised": _("acte attributif modifié"),
    "calls.agreement_signed": _("acte attributif signé"),
    "calls.cut_recorded": _("gel, annulation ou abondement enregistré"),
    "calls.cut_applied": _("réduction appliquée aux aides"),
}
VALUES = {
    "letter_kind": _("nature du courrier"),
    "subject": _("objet"),
    "hash": _("empreinte"),
    "agreement_kind": _("nature de l’acte"),
    "number": _("référence"),
    "beneficiary": _("bénéficiaire"),
    "event": _("évènement"),
    "method": _("répartition"),
    "decisions": _("aides réduites"),
    "validated_on": _("validé en COPIL le"),
    "reference": _("référence du mandat"),
}
