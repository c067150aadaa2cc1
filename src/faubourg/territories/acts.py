"""The journal's acts of this room in words, and the values that a sheet's history may show."""

from django.utils.translation import gettext_lazy as _

from faubourg.base.journal import acts

ACTS = {
    "territory_edited": _("présentation modifiée"),
    "alias_added": _("autre nom ajouté"),
    "alias_withdrawn": _("autre nom retiré"),
    "correction_recorded": _("correction enregistrée"),
    "correction_withdrawn": _("correction retirée"),
    "lineage_added": _("filiation ajoutée"),
    "lineage_withdrawn": _("filiation retirée"),
    "resource_added": _("ressource ajoutée"),
    "resource_withdrawn": _("ressource retirée"),
    "figure_added": _("chiffre ajouté"),
    "figure_withdrawn": _("chiffre retiré"),
    "perimeter_added": _("périmètre ajouté"),
    "perimeter_withdrawn": _("périmètre retiré"),
    "perimeter_drawn": _("périmètre dessiné"),
    "perimeter_ended": _("périmètre remplacé ou retiré"),
    "grid_brought": _("grille déposée"),
    "grid_withdrawn": _("grille retirée"),
    "neighbourhood_created": _("quartier créé"),
    "neighbourhood_moved": _("statut changé"),
    "source_created": _("source créée"),
    "import_tried": _("import de chiffres essayé"),
    "import_confirmed": _("import de chiffres confirmé"),
    "import_undone": _("import de chiffres annulé"),
    "load": _("chargement des données publiques"),
}
VALUES = {
    "name": _("nom"),
    "description": _("présentation"),
    "subject": _("sujet"),
    "value": _("valeur"),
    "vintage": _("millésime"),
    "valid_from": _("depuis"),
    "valid_to": _("jusqu’au"),
    "status": _("statut"),
    "since": _("depuis"),
    "legal_reference": _("texte"),
    "hectares": _("hectares"),
    "document": _("document"),
}


def register() -> None:
    """Called once, at start-up."""
    for act, label in ACTS.items():
        acts.name(act, label)
    acts.say(VALUES)
