"""The acts of the journal about photographs."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "proximity.photo-validated": _("photo validée pour le public"),
    "proximity.photo-withdrawn": _("photo retirée du public"),
    "proximity.photo-erased": _("photo effacée"),
}
VALUES = {"hidden": _("rectangles masqués")}
