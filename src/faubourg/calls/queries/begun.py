"""A draft that was just begun: a second press of « Commencer » opens it instead of making another."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.people.models import Organisation

from ..models import Application, Call, Intent

BEGUN_AGAIN_WITHIN = timedelta(minutes=2)


def dossier_just_begun(
    call: Call,
    organisation: Organisation,
    title: str,
    by: Actor,
    *,
    intent: Intent | None = None,
    previous: Application | None = None,
) -> Application | None:
    """The one of this title that this person began minutes ago, from the same fiche or the same dossier."""
    drafts = Application.objects.filter(call=call, organisation=organisation, intent=intent)
    return _newly(drafts.filter(previous=previous), title, by).first()


def intent_just_begun(call: Call, organisation: Organisation, title: str, by: Actor) -> Intent | None:
    """The same for a fiche."""
    return _newly(Intent.objects.filter(call=call, organisation=organisation), title, by).first()


def _newly(drafts: "QuerySet[Any]", title: str, by: Actor) -> "QuerySet[Any]":
    """The programme itself is nobody: what it makes is never the same again."""
    if by.ref is None:
        return drafts.none()
    since = timezone.now() - BEGUN_AGAIN_WITHIN
    return drafts.filter(state="draft", written_by=by.ref, title=title, created_at__gte=since).order_by("pk")
