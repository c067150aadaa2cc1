"""A walk on paper, and what everybody reads after it, as a page and as a tagged PDF."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import pdf
from faubourg.base.refusal import require
from faubourg.contracts.views.not_compiled import not_compiled

from ..access.walks import can_follow_walk, can_take_notes, is_public
from ..listings_walks import severity_name, theme_name
from ..models import Observation, Walk
from ..queries.walks import proposals_of, public_observations
from ..walk_paper import facts_of, restitution_pdf, walk_pdf
from ..walk_svg import Drawn, draw
from ..walk_telling import fate_words, follow_words, group_words
from .walk_pages import asked_walk, runs


@require_safe
def walk_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/itineraire.pdf`: for partners and note-takers."""
    found = asked_walk(pk)
    if can_take_notes(request.user, found).ok is not True:
        require(can_follow_walk(request.user, found))
    return handed_paper(request, found, back=reverse("walk", args=[pk]))


def handed_paper(request: HttpRequest, walk: Walk, *, back: str) -> HttpResponse:
    """The itinerary and its sheets of notes."""
    return _handed(request, walk, walk_pdf, f"marche-{walk.pk}.pdf", back)


def _handed(
    request: HttpRequest, walk: Walk, made: Callable[[Walk], bytes], name: str, back: str
) -> HttpResponse:
    try:
        content = made(walk)
    except pdf.NotCompiled:
        return not_compiled(request, title=walk.title, back=back)
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Language": (get_language() or "fr")[:2],
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _public_walk(request: HttpRequest, pk: int) -> Walk:
    """A walk that was restored; before, its team alone sees what it will be."""
    found = asked_walk(pk)
    if not is_public(found) and not runs(request, found.area):
        raise Http404(_("Cette marche n’est pas encore restituée."))
    return found


@require_safe
def walk_public(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/restitution/`: the group and never its members, what was validated and nothing else."""
    found = _public_walk(request, pk)
    stops = list(found.stops.order_by("order"))
    seen = list(public_observations(found))
    context: dict[str, Any] = {
        "walk": found,
        "area": found.area,
        "facts": [fact for fact in facts_of(found) if fact[0] != _("Rendez-vous")],
        "group": group_words(found),
        "map_svg": draw(found, Drawn(stops, seen)),
        "places": _by_stop(seen),
        "proposals": [(one, fate_words(one)) for one in proposals_of(found)],
        "preview": not is_public(found),
        "photos": [photo for one in seen for photo in one.shown_photos],  # type: ignore[attr-defined]
    }
    return render(request, "proximity/walks/public.html", context)


def _by_stop(seen: list[Observation]) -> list[dict[str, Any]]:
    """What was seen, halt by halt, in the order of the walk."""
    places: dict[int | None, dict[str, Any]] = {}
    for one in seen:
        name = one.stop.name if one.stop else _("En chemin")
        place = places.setdefault(one.stop_id, {"name": name, "rows": []})
        place["rows"].append(
            {
                "one": one,
                "theme": theme_name(one),
                "severity": severity_name(one),
                "follow": follow_words(one),
                "photos": one.shown_photos,  # type: ignore[attr-defined]
            }
        )
    return list(places.values())


@require_safe
def walk_public_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/restitution.pdf`: the same words."""
    found = _public_walk(request, pk)
    return _handed(
        request, found, restitution_pdf, f"restitution-{pk}.pdf", reverse("walk_public", args=[pk])
    )
