"""The moves of the circuits of proximity: which one stands in the entry."""

from django.utils.translation import gettext_lazy as _

ACTS = {"proximity.moved": _("étape d’un circuit")}
VALUES = {"step": _("étape"), "state": _("état"), "on": _("le")}
