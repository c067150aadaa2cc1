"""What is recorded of reports and of money asked back, beside the moves of their circuits."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "report.edited": _("bilan rempli"),
    "report.published": _("bilan publié ou retiré de la ruche"),
    "report.file_added": _("fichier joint à un bilan"),
    "report.file_changed": _("fichier d’un bilan légendé ou publié"),
    "report.file_removed": _("fichier retiré d’un bilan"),
    "recovery.edited": _("reversement modifié"),
}
VALUES = {
    "year": _("année"),
    "public": _("public"),
    "due_on": _("échéance"),
    "until": _("jusqu’au"),
    "cents": _("montant en centimes"),
    "sha256": _("empreinte"),
}
