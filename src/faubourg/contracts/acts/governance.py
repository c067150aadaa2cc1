"""What happens to bodies, seats, meetings and their decisions."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "body.created": _("instance créée"),
    "body.edited": _("instance modifiée"),
    "body.seat.added": _("siège ajouté"),
    "body.seat.edited": _("siège modifié"),
    "body.seat.removed": _("siège retiré"),
    "body.mandate.begun": _("mandat ouvert"),
    "body.mandate.ended": _("mandat terminé"),
    "meeting.planned": _("réunion prévue"),
    "meeting.changed": _("réunion modifiée"),
    "meeting.convened": _("réunion convoquée"),
    "meeting.held": _("séance clôturée"),
    "meeting.reopened": _("séance rouverte"),
    "meeting.cancelled": _("réunion annulée"),
    "meeting.restored": _("réunion rétablie"),
    "meeting.agenda.written": _("ordre du jour écrit"),
    "meeting.attendance.noted": _("présences notées"),
    "meeting.minutes.written": _("compte rendu écrit"),
    "meeting.minutes.validated": _("compte rendu validé"),
    "decision.taken": _("décision prise"),
    "decision.amended": _("décision modifiée"),
    "decision.told": _("suivi noté"),
    "decision.closed": _("décision faite"),
    "decision.dropped": _("décision abandonnée"),
    "decision.reopened": _("décision rouverte"),
}
VALUES = {
    "seat": _("siège"),
    "theme": _("thème"),
    "day": _("jour"),
    "agenda": _("ordre du jour"),
    "due_on": _("échéance"),
    "evidence": _("preuve ou motif"),
}
