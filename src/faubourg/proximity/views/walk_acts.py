"""What the team may do on a walk with one button, each act with what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.base.actor import Actor

from ..models import Walk
from ..services import walk_minutes, walks


@dataclass(frozen=True, slots=True)
class Given:
    """What a button sends; `reason` may be empty."""

    walk: Walk
    reason: str
    version: int
    by: Actor


def _confirm(given: Given) -> object:
    return walks.confirm_walk(walk=given.walk, base_version=given.version, by=given.by)


def _take_back(given: Given) -> object:
    return walks.take_back_walk(walk=given.walk, reason=given.reason, base_version=given.version, by=given.by)


def _validate(given: Given) -> object:
    return walk_minutes.validate_minutes(walk=given.walk, by=given.by)


def _rework(given: Given) -> object:
    return walk_minutes.rework_minutes(walk=given.walk, reason=given.reason, by=given.by)


def _restore(given: Given) -> object:
    return walk_minutes.restore(walk=given.walk, by=given.by)


def _follow(given: Given) -> object:
    return walk_minutes.follow(walk=given.walk, by=given.by)


ACTS: Mapping[str, tuple[Callable[[Given], object], str | Promise]] = {
    "confirmer": (_confirm, _("La marche est confirmée : envoyez les invitations.")),
    "reprendre": (_take_back, _("La marche revient en préparation : prévenez les personnes invitées.")),
    "valider": (_validate, _("Le compte rendu est validé : relisez ce qui sera public.")),
    "corriger": (_rework, _("Le compte rendu peut être corrigé.")),
    "restituer": (_restore, _("La restitution est publique. Le bilan se fera dans six mois.")),
    "suivre": (_follow, _("Le plan d’actions est suivi.")),
}
