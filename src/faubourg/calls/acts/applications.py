"""What an applicant does with a dossier before it is in."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.application_begun": _("dossier commencé"),
    "calls.application_written": _("étape d’un dossier écrite"),
    "calls.application_reused": _("dossier repris de l’année précédente"),
    "calls.contact_noted": _("contact préalable noté"),
    "calls.signature_asked": _("signature demandée"),
    "calls.piece_added": _("pièce ajoutée"),
    "calls.piece_removed": _("pièce retirée"),
    "calls.completion_answered": _("réponse à une demande de pièces"),
}
VALUES = {
    "call": _("appel à projets"),
    "dossier_step": _("étape du formulaire"),
    "late": _("hors délai"),
    "number": _("numéro"),
    "piece": _("pièce"),
    "previous": _("dossier repris"),
    "service": _("service"),
    "sha256": _("empreinte"),
}
