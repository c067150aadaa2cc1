"""What happens to interpellations."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "question.submitted": _("difficulté déposée"),
    "question.published": _("difficulté rendue publique"),
    "question.sent_back": _("difficulté renvoyée à son auteur"),
    "question.amended": _("difficulté corrigée et redéposée"),
    "question.moved": _("étape d’une interpellation"),
}
VALUES = {"step": _("étape"), "on": _("le")}
