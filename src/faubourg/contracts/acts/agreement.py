"""What happens to the circuit, signatures, articles, amendments, conventions and posts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "contract.advanced": _("étape du contrat franchie"),
    "contract.commune.validated": _("contrat validé par une commune"),
    "contract.step.undone": _("étape du contrat annulée"),
    "convention.advanced": _("étape de la convention franchie"),
    "party.added": _("partie nommée"),
    "party.removed": _("partie retirée"),
    "party.signed": _("signature enregistrée"),
    "party.refused": _("refus de signer enregistré"),
    "party.corrected": _("signature corrigée"),
    "article.added": _("article ajouté"),
    "article.changed": _("article modifié"),
    "article.removed": _("article retiré"),
    "amendment.drafted": _("avenant préparé"),
    "amendment.changed": _("avenant modifié"),
    "amendment.article": _("article d’un avenant modifié"),
    "amendment.signed": _("avenant signé"),
    "amendment.dropped": _("avenant abandonné"),
    "convention.drafted": _("convention préparée"),
    "convention.changed": _("convention modifiée"),
    "plan.linked": _("plan lié"),
    "plan.unlinked": _("lien avec un plan retiré"),
    "post.saved": _("poste enregistré"),
}
VALUES: dict[str, Promise] = {
    "state": _("état"),
    "commune": _("commune"),
    "party": _("partie"),
    "on": _("jour"),
    "cited": _("acte"),
    "article": _("article"),
    "amendment": _("avenant"),
    "ends_on": _("échéance"),
    "plan": _("plan"),
    "post": _("poste"),
}
