"""What happens to diagnoses, stakes, objectives and actions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "action.edited": _("action modifiée"),
    "action.noted": _("note ajoutée au carnet"),
    "action.proposed": _("action proposée"),
    "action.state": _("état de l’action changé"),
    "objective.added": _("objectif ajouté"),
    "objective.deleted": _("objectif supprimé"),
    "objective.edited": _("objectif modifié"),
    "objective.indicator.added": _("indicateur ajouté à l’objectif"),
    "objective.indicator.edited": _("indicateur de l’objectif modifié"),
    "objective.indicator.removed": _("indicateur retiré de l’objectif"),
    "objective.moved": _("objectif déplacé"),
    "objective.restored": _("objectif repris"),
    "objective.withdrawn": _("objectif retiré"),
    "stake.added": _("enjeu ajouté"),
    "stake.edited": _("enjeu modifié"),
    "stake.removed": _("enjeu supprimé"),
}
VALUES: dict[str, Promise] = {
    "number": _("numéro"),
    "text": _("précision"),
    "parent": _("dépend de"),
    "stakes": _("enjeux"),
    "neighbourhoods": _("quartiers"),
    "line": _("volet du plan"),
    "lead": _("porteur"),
    "lead_printed": _("porteur imprimé"),
    "partners": _("partenaires"),
    "partners_printed": _("partenaires imprimés"),
    "objective": _("objectif"),
    "horizon": _("horizon"),
    "starts_on": _("du"),
    "ends_on": _("au"),
    "printed_dates": _("dates imprimées"),
    "indicator": _("indicateur"),
    "target": _("cible"),
    "state": _("état"),
}
