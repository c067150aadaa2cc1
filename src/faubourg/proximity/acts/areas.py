"""The acts of the journal about what an area is set with."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "area.opened": _("territoire de proximité ouvert"),
    "area.edited": _("territoire de proximité modifié"),
    "area.category_added": _("catégorie ajoutée"),
    "area.category_edited": _("catégorie modifiée"),
    "area.partner_added": _("partenaire ajouté"),
    "area.partner_edited": _("partenaire modifié"),
    "area.referent_named": _("référent·e nommé·e"),
    "area.referent_left": _("fin de poste d’un·e référent·e"),
    "area.seat_taken": _("tâche confiée"),
    "area.seat_left": _("fin d’une tâche"),
    "area.land_added": _("responsabilité de sol ajoutée"),
    "area.land_edited": _("responsabilité de sol modifiée"),
    "area.land_ended": _("responsabilité de sol close"),
    "area.lands_imported": _("responsabilités de sol importées"),
    "area.route_added": _("règle d’attribution ajoutée"),
    "area.route_edited": _("règle d’attribution modifiée"),
    "area.route_moved": _("règle d’attribution déplacée"),
    "area.route_removed": _("règle d’attribution retirée"),
    "area.spot_added": _("point de signalement ajouté"),
    "area.spot_edited": _("point de signalement modifié"),
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
