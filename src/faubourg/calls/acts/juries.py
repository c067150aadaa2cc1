"""What happens to juries: seats, interests, sessions, deliberations, minutes, computed allocations."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "jury.created": _("jury créé"),
    "jury.edited": _("jury modifié"),
    "jury.juror.added": _("membre du jury ajouté"),
    "jury.juror.left": _("membre du jury parti"),
    "jury.interests.declared": _("intérêts déclarés"),
    "jury.session.planned": _("séance de jury prévue"),
    "jury.session.changed": _("séance de jury modifiée"),
    "jury.minutes.unsigned": _("signature refusée ou empêchée"),
    "jury.session.invited": _("jury convoqué"),
    "jury.session.moved": _("étape d’une séance de jury"),
    "jury.items.enrolled": _("dossiers inscrits à une séance"),
    "jury.item.removed": _("dossier retiré d’une séance"),
    "jury.presence.noted": _("présence au jury notée"),
    "jury.review.finished": _("lecture d’un juré rendue"),
    "jury.item.decided": _("décision du jury"),
    "jury.item.reconsidered": _("délibération reprise"),
    "jury.minutes.signed": _("procès-verbal de jury signé"),
    "jury.allocation.proposed": _("répartition calculée"),
    "jury.allocation.copied": _("répartition reportée dans une séance"),
}
VALUES = {
    "jury": _("jury"),
    "juror": _("membre"),
    "votes": _("vote"),
    "organisations": _("organismes"),
    "dossiers": _("dossiers"),
    "dossier": _("dossier"),
    "decision": _("décision"),
    "amounts": _("montants"),
    "override_by_name": _("dérogation décidée par"),
    "presence": _("présence"),
    "session_starts_at": _("le"),
    "sha256": _("empreinte"),
    "gap": _("écart prouvé"),
}
