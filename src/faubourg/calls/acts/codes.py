"""The codes that the journal of this room keeps, in words: a history never shows « signatory »."""

from django.utils.translation import gettext_lazy as _

from ..models import ApplicantRole, CallFunder, Envelope, PriorContact

CODES = {
    "applicant_role": dict(ApplicantRole.Role.choices),
    "level": dict(CallFunder.Level.choices) | dict(Envelope.Level.choices),
    "nature": {"operating": _("fonctionnement"), "investment": _("investissement")},
    "party": dict(PriorContact.Party.choices),
    "status": {
        "draft": _("brouillon"),
        "published": _("publié"),
        "frozen": _("figé"),
        "retired": _("retiré"),
    },
    "dossier_step": {
        "project": _("le projet"),
        "places": _("lieux, objectifs et public"),
        "calendar": _("calendrier et moyens"),
        "conditions": _("conditions de l’appel"),
        "indicators": _("indicateurs promis"),
        "budget": _("budget"),
        "funders": _("financeurs"),
        "pieces": _("pièces"),
    },
}
