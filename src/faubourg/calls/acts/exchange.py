"""What enters as files."""

from django.utils.translation import gettext_lazy as _

IMPORTED = "calls.applications.imported"

ACTS = {IMPORTED: _("dossiers importés d’un tableau")}
VALUES = {"file": _("fichier"), "dossiers": _("dossiers")}
