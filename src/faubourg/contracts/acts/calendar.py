"""What happens to the making of a contract: its birth, its phases, milestones, deliverables."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "contract.created": _("contrat créé"),
    "contract.opened": _("contrat ouvert"),
    "contract.planned": _("dates prévues modifiées"),
    "phase.added": _("phase ajoutée"),
    "phase.revised": _("phase modifiée"),
    "phase.removed": _("phase supprimée"),
    "milestone.added": _("jalon ajouté"),
    "milestone.revised": _("jalon modifié"),
    "milestone.removed": _("jalon supprimé"),
    "deliverable.added": _("livrable ajouté"),
    "deliverable.revised": _("livrable modifié"),
    "deliverable.delivered": _("livrable remis"),
    "deliverable.validated": _("livrable validé"),
    "deliverable.returned": _("livrable rendu"),
    "deliverable.removed": _("livrable supprimé"),
}
VALUES = {
    "subject": _("objet"),
    "template": _("modèle"),
    "planned_start": _("début prévu"),
    "planned_end": _("fin prévue"),
    "actual_start": _("début réel"),
    "actual_end": _("fin réelle"),
    "printed": _("dates imprimées"),
    "purpose": _("ce qui s’y fait"),
    "due_on": _("prévu pour le"),
    "due_printed": _("date imprimée"),
    "due_reading": _("interprétation"),
    "reached_on": _("atteint le"),
    "delivered_on": _("remis le"),
    "validated_on": _("validé le"),
    "planned_signature_on": _("signature prévue le"),
    "in_force_on": _("en vigueur le"),
    "ends_on": _("échéance"),
}
