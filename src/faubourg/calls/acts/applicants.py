"""What happens in the space of an organisation that applies, and what is said of it."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.applicant_opened": _("espace ouvert"),
    "calls.applicant_written": _("fiche du porteur complétée"),
    "calls.applicant_role_granted": _("rôle accordé dans l’organisation"),
    "calls.applicant_role_ended": _("fin d’un rôle dans l’organisation"),
    "calls.signature_handed_over": _("signature transmise"),
    "calls.applicant_invited": _("personne invitée"),
    "calls.invitation_taken": _("invitation acceptée"),
    "calls.invitation_withdrawn": _("invitation retirée"),
    "calls.role_asked": _("rôle demandé"),
    "calls.role_request_answered": _("demande de rôle tranchée"),
    "calls.charter_signed": _("contrat d’engagement républicain signé"),
    "calls.charter_withdrawn": _("contrat d’engagement républicain retiré"),
    "calls.vault_piece_kept": _("pièce déposée au coffre"),
    "calls.vault_piece_removed": _("pièce retirée du coffre"),
}
VALUES = {
    "applicant_role": _("rôle"),
    "person": _("personne"),
    "fields": _("rubriques"),
    "piece": _("pièce"),
    "answer": _("réponse"),
}
