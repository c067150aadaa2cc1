"""The acts of the journal about what residents send, and what they are told."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "proximity.photo-added": _("photo jointe"),
    "proximity.silenced": _("ne veut plus être prévenu"),
    "proximity.contact-erased": _("coordonnées effacées à la demande de la personne"),
    "proximity.news-by-hand": _("lettre postée ou appel passé"),
}
VALUES = {"moment": _("moment"), "repaired": _("réparé"), "channel": _("prévenu par")}
