"""The acts of the journal about walks."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Mapping[str, str | Promise] = {
    "walk.edited": _("préparation d’une marche modifiée"),
    "walk.routed": _("itinéraire d’une marche modifié"),
    "walk.guest_added": _("personne invitée à une marche"),
    "walk.guest_edited": _("invitation à une marche modifiée"),
    "walk.guest_removed": _("invitation à une marche retirée"),
    "walk.invited": _("invitations à une marche envoyées"),
    "walk.answered": _("réponse à une invitation"),
    "walk.observed": _("observation notée"),
    "walk.observation_edited": _("observation modifiée"),
    "walk.merged": _("observations réunies"),
    "walk.unmerged": _("observations séparées"),
    "walk.reread": _("observation relue"),
    "walk.minutes": _("compte rendu de marche modifié"),
    "walk.ticketed": _("observation devenue signalement"),
    "walk.proposed": _("proposition d’une marche"),
    "walk.voted": _("voix comptées sur une proposition"),
    "walk.fate": _("suite donnée à une proposition"),
    "walk.outcome": _("suite donnée à une observation"),
    "grid.copied": _("grille d’observation copiée"),
    "grid.edited": _("grille d’observation modifiée"),
    "grid.frozen": _("grille d’observation figée"),
}
VALUES: Mapping[str, str | Promise] = {
    "stops": _("haltes"),
    "metres": _("longueur, en mètres"),
    "role": _("en tant que"),
    "answer": _("réponse"),
    "guests": _("personnes invitées"),
    "theme": _("thème"),
    "nature": _("nature"),
    "public": _("dans la restitution"),
    "observations": _("observations"),
    "voices": _("voix"),
    "fate": _("suite"),
    "number": _("version"),
}
