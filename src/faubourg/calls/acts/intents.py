"""What happens to a summary sheet beside its circuit."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.intent_written": _("fiche synthétique modifiée"),
    "calls.contact_noted": _("contact préalable noté"),
    "calls.contact_removed": _("contact préalable retiré"),
}
VALUES = {"party": _("avec qui"), "service": _("service"), "number": _("numéro")}
