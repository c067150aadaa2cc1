"""The board of the geography of an intercommunalité: read by everybody, with or without JavaScript."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base.refusal import require

from .. import access, queries
from ..geo.contours import contour_index
from ..models import Perimeter, Territory
from ..queries.geography import Board, board_of, level_at, steps_of
from ..queries.geography_map import map_of
from ..queries.people_inside import grid_of
from ..queries.surroundings import communes_in


def area_at(code: str) -> Territory:
    """The intercommunalité at this code; 404 when there is none."""
    area = queries.place_at(Territory.Kind.EPCI, code)
    if area is None:
        raise Http404(code)
    return area


def drawn_area(request: HttpRequest, code: str) -> Territory:
    """The same for who may draw there; else refused with its reason."""
    area = area_at(code)
    require(access.can_draw(request.user, area))
    return area


def threshold_asked(request: HttpRequest) -> int | None:
    """`?seuil=280`, in thousandths; None when absent or senseless."""
    text = request.GET.get("seuil", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """`/geographie/<siren>/`"""
    area = area_at(code)
    found = board_of(area, threshold_asked(request))
    context = {
        "area": area,
        "board": found,
        "past_asked": "avant" in request.GET,
        "may": access.can_draw(request.user, area),
        **map_context(area),
        **candidates_context(found),
    }
    return render(request, "territories/geography/board.html", context)


@require_safe
def candidates(request: HttpRequest, code: str) -> HttpResponse:
    """`/geographie/<siren>/candidats/?seuil=280`: the part of the board that the slider changes."""
    area = area_at(code)
    extract = grid_of(area)
    steps = steps_of(extract)
    level = level_at(extract, steps, threshold_asked(request))
    if extract is None or level is None:
        raise Http404(code)
    context = {
        "area": area,
        "board": Board(area, (), extract, None, steps, level, ()),
        "may": access.can_draw(request.user, area),
    }
    context |= candidates_context(context["board"])  # type: ignore[arg-type]
    response = render(request, "territories/geography/candidate_list.html", context)
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_safe
def contours(request: HttpRequest, code: str) -> HttpResponse:
    """`/geographie/<siren>/contours.json`: what stands, for the maps."""
    response = JsonResponse(map_of(area_at(code)), json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/geo+json"
    return response


def map_context(area: Territory) -> dict[str, Any]:
    """Where a map of this area opens, its basemap, and what it says in the reader's language."""
    return {
        "frame": _frame(area),
        "basemap_url": settings.BASEMAP_URL,
        "basemap_attribution": settings.BASEMAP_ATTRIBUTION,
        "words": {
            "kinds": {kind: str(label) for kind, label in Perimeter.Kind.choices},
            "zoom_in": _("Zoomer"),
            "zoom_out": _("Dézoomer"),
            "candidate": _("Candidat {name}"),
            "people": _("{count} habitants"),
            "failed": _("Les contours n’arrivent pas. Le tableau dit la même chose."),
            "vertex": _("Point {n} sur {count} : flèches pour le déplacer, Suppr pour l’enlever"),
            "middle": _("Ajouter un point ici"),
            "count": _("{count} points"),
            "empty": _("Aucun point pour l’instant."),
        },
    }


def candidates_context(found: Board) -> dict[str, Any]:
    """The outlines of the candidates for the map, beside their table."""
    if found.level is None:
        return {"candidate_shapes": None}
    features = [
        {
            "type": "Feature",
            "geometry": one["outline"],
            "properties": {"name": one["name"], "people": round(one["people"]), "rank": rank},
        }
        for rank, one in enumerate(found.level.candidates, start=1)
    ]
    return {"candidate_shapes": {"type": "FeatureCollection", "features": features}}


def _frame(area: Territory) -> list[float]:
    """West, south, east, north: around the contours of the communes, or else around their points."""
    communes = list(communes_in(area).values_list("pk", "lon", "lat"))
    inside = {pk for pk, _lon, _lat in communes}
    boxes = [
        contour.geometry.bounds
        for contour in contour_index().contours
        if contour.territory in inside and contour.kind == Perimeter.Kind.ADMINISTRATIVE
    ]
    points = [(lon, lat, lon, lat) for _pk, lon, lat in communes if lon is not None]
    if not points and area.lon is not None and area.lat is not None:
        points = [(area.lon, area.lat, area.lon, area.lat)]
    found = boxes or points or [(-5.2, 41.3, 9.6, 51.1)]
    west, south, east, north = zip(*found, strict=True)
    return [round(v, 4) for v in (min(west), min(south), max(east), max(north))]
