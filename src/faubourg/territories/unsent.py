"""Where a draft of this room goes on: the presentation of a place, an outline being drawn."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from .models import Perimeter, Territory


def register() -> None:
    """Called once, at start-up."""
    unsent.register("territory", _("présentation"), _presentation)
    unsent.register("geography", _("contour dessiné"), _outline)


def _presentation(rest: str) -> tuple[str, str] | None:
    """« neighbourhood:QN06307N » → its name and the form of its sheet."""
    kind, _colon, code = rest.partition(":")
    place = Territory.objects.filter(kind=kind, code=code).first()
    try:
        return (place.name, reverse("territory_edit", args=[place.kind, place.code])) if place else None
    except NoReverseMatch:
        return None


def _outline(rest: str) -> tuple[str, str] | None:
    """« 246300701 »: a new outline; « 246300701:12 »: a change of that version."""
    code, _colon, version = rest.partition(":")
    area = Territory.objects.filter(kind=Territory.Kind.EPCI, code=code).first()
    if area is None:
        return None
    if not version:
        return area.name, reverse("geography_draw", args=[code])
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return None
    seen = Perimeter.objects.select_related("territory").filter(pk=version).defer("wkb", "outline").first()
    return (seen.territory.name, reverse("geography_redraw", args=[code, seen.pk])) if seen else None
