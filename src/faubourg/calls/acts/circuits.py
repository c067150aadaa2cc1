"""The moves of the circuits of a call: which one stands in the entry."""

from django.utils.translation import gettext_lazy as _

ACTS = {"calls.moved": _("étape d’un circuit")}
VALUES = {"step": _("étape"), "state": _("état"), "on": _("le")}
