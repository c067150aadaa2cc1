"""The acts of the journal about reports."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "proximity.ticket-shared": _("part d’un autre partenaire"),
    "proximity.ticket-noted": _("message sur un signalement"),
}
VALUES = {"partner": _("partenaire"), "words": _("ce qui lui est demandé"), "done": _("ce qui a été fait")}
