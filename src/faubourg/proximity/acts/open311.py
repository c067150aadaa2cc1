"""The acts of the journal about applications of the town."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "area.key_created": _("clé Open311 créée"),
    "area.key_revoked": _("clé Open311 révoquée"),
}
VALUES = {"application": _("application"), "limit": _("signalements par jour")}
