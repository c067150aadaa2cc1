"""`/ruche/carte/`: where the funded projects are; each place leads to its projects in the list."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.territories.geo.frames import Unreadable, asked_frame, wider

from ..listing_projects import ProjectFilter
from ..models import Application
from ..queries import hive_map as queries
from ..queries.projects import funded

MOST_LISTED = 60


def _asked(form: ProjectFilter) -> "QuerySet[Application]":
    """The projects of the list under the same address; all of them when a filter is not understood."""
    return form.apply(funded()) if form.is_valid() else funded()


@require_safe
def projects_map(request: HttpRequest) -> HttpResponse:
    """The map, and beside it its places in words: complete without JavaScript."""
    form = ProjectFilter(request.GET)
    spots = queries.spots_of(_asked(form))
    context = {
        "bar": {"filter_form": form},
        "lines": [(spot, _list_url(request, spot.place.code)) for spot in spots[:MOST_LISTED]],
        "more": max(0, len(spots) - MOST_LISTED),
        "projects": len(frozenset[int]().union(*(spot.projects for spot in spots))),
        "places": len(spots),
        "frame": [round(edge, 5) for edge in queries.frame_of(spots)],
        "data_url": f"{reverse('projects_map_data')}?{_kept(request)}",
        "list_url": _list_url(request, "PLACE"),
        "words": _words(),
        "basemap_url": settings.BASEMAP_URL,
        "basemap_attribution": settings.BASEMAP_ATTRIBUTION,
    }
    return render(request, "calls/public/map.html", context)


@require_safe
def projects_map_data(request: HttpRequest) -> HttpResponse:
    """The frame as GeoJSON; 400 with `error` when the frame cannot be read."""
    try:
        box, zoom = asked_frame(request.GET)
    except Unreadable as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    spots = queries.spots_of(_asked(ProjectFilter(request.GET)), wider(box))
    response = JsonResponse(
        queries.features(spots, zoom),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
    patch_cache_control(response, public=True, max_age=60)
    return response


def _kept(request: HttpRequest, **changes: str) -> str:
    """The filters of this address, some changed."""
    query = request.GET.copy()
    for name in [name for name in query if name not in ProjectFilter.base_fields]:
        del query[name]
    for name, value in changes.items():
        query[name] = value
    return query.urlencode()


def _list_url(request: HttpRequest, code: str) -> str:
    """The list of the projects of a place, under the same filters."""
    return f"{reverse('projects')}?{_kept(request, lieu=code)}"


def _words() -> dict[str, Any]:
    """What the map's module says in the reader's language."""
    return {
        "project": _("1 projet"),
        "projects": _("{count} projets"),
        "at": _("{place} : {projects}"),
        "group": _("{projects} dans {count} lieux, zoomer pour les séparer"),
        "pile": _("{projects} dans {count} lieux, ouvrir la liste"),
        "more": _("et {count} de plus"),
        "borrowed": _("contour non disponible, point de la commune"),
        "zoom_in": _("Zoomer"),
        "zoom_out": _("Dézoomer"),
        "failed": _("Les projets n’arrivent pas sur la carte. La liste dit la même chose."),
    }
