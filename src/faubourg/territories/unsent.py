"""Where a draft of this room goes on: the presentation of a place."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from .models import Territory


def register() -> None:
    """Called once, at start-up."""
    unsent.register("territory", _("présentation"), _presentation)


def _presentation(rest: str) -> tuple[str, str] | None:
    """« neighbourhood:QN06307N » → its name and the form of its sheet."""
    kind, _colon, code = rest.partition(":")
    place = Territory.objects.filter(kind=kind, code=code).first()
    try:
        return (place.name, reverse("territory_edit", args=[place.kind, place.code])) if place else None
    except NoReverseMatch:
        return None
