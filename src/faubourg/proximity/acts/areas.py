"""The acts of the journal about what an area is set with."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "area.opened": _("territoire de proximité ouvert"),
    "area.edited": _("territoire de proximité modifié"),
    "area.category_written": _("catégorie enregistrée"),
    "area.partner_written": _("partenaire enregistré"),
    "area.referent_named": _("référent·e nommé·e"),
    "area.referent_left": _("fin de poste d’un·e référent·e"),
    "area.seat_taken": _("tâche confiée"),
    "area.seat_left": _("fin d’une tâche"),
    "area.land_written": _("responsabilité de sol enregistrée"),
    "area.land_ended": _("responsabilité de sol close"),
    "area.lands_imported": _("responsabilités de sol importées"),
    "area.route_written": _("règle d’attribution enregistrée"),
    "area.route_moved": _("règle d’attribution déplacée"),
    "area.route_removed": _("règle d’attribution retirée"),
    "area.spot_written": _("point de signalement enregistré"),
    "area.spots_printed": _("affiches imprimées"),
    "area.translation_written": _("traduction corrigée"),
    "area.translation_validated": _("traduction validée"),
}
VALUES = {
    "place": _("lieu"),
    "category": _("catégorie"),
    "delay": _("délai, en jours ouvrés"),
    "partner": _("partenaire"),
    "task": _("tâche"),
    "land": _("lieu"),
    "rank": _("rang"),
    "spot": _("point de signalement"),
    "count": _("nombre"),
    "language": _("langue"),
    "phrase": _("phrase"),
}
