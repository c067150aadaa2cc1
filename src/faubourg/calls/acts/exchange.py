"""What enters as files."""

from django.utils.translation import gettext_lazy as _

ACTS = {"calls.applications.imported": _("dossiers importés d’un tableau")}
VALUES = {"file": _("fichier"), "dossiers": _("dossiers")}
