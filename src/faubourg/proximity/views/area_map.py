"""The map of an area and what it asks: reports open or repaired, and walks; nothing personal."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.rules.proximity.circuits import REPORT
from faubourg.territories.geo.frames import Unreadable, asked_frame

from ..forms.boards import NOT_OF_HERE, MapFilter
from ..models import Area, Category
from ..queries import area_map as queries
from ..queries.land_map import frame_of
from ..queries.tickets import rows
from .finding import asked_area, unknown_area

LISTED = 30
MOST_WALKS = 20


@never_cache
@require_safe
def area_map(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/carte/`: the map, and the same as a list for whoever has no JavaScript."""
    area = asked_area(code)
    categories = queries.categories_of([area])
    form = MapFilter(area, categories, request.GET or None)
    asked = form.asked()
    found = rows(queries.shown_to_all(area, asked, timezone.now())).order_by("-created_at", "-pk")
    walks = list(queries.public_walks(area)[:MOST_WALKS])
    context = {
        "area": area,
        "form": form,
        "asked": asked,
        "page": Paginator(found, LISTED).get_page(request.GET.get("page")),
        "walks": walks,
        "frame": [round(edge, 5) for edge in frame_of(area)],
        "words": _words(categories),
        "routes": [{"name": walk.title, "route": walk.route} for walk in walks if walk.route],
        "basemap_url": settings.BASEMAP_URL,
        "basemap_attribution": settings.BASEMAP_ATTRIBUTION,
    }
    return render(request, "proximity/boards/map.html", context)


@never_cache
@require_safe
def area_map_data(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/carte/donnees.json?bbox=ouest,sud,est,nord&zoom=14`; 400 when it cannot be read."""
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise Http404(unknown_area(code))
    categories = queries.categories_of([area])
    form = MapFilter(area, categories, request.GET)
    try:
        box, zoom = asked_frame(request.GET)
    except Unreadable as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    if not form.is_valid():
        return JsonResponse({"error": str(NOT_OF_HERE)}, status=400)
    shown = queries.shown_to_all(area, form.asked(), timezone.now())
    answer = queries.map_answer(shown, categories, box, zoom)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _words(categories: list[Category]) -> dict[str, Any]:
    """What the map's module says, in the reader's language, and the addresses that it makes."""
    return {
        "categories": [_(one.name) for one in categories],
        "states": {state: _(name) for state, name in REPORT.states.items() if state},
        "ticket": reverse("ticket", args=["REFERENCE"]),
        "zoom_in": _("Zoomer"),
        "zoom_out": _("Dézoomer"),
        "group": _("{count} signalements, zoomer pour les séparer"),
        "pile": _("{count} signalements au même endroit"),
        "in_view": _("{count} signalements dans ce cadre"),
        "none": _("Rien dans ce cadre : dézoomez ou déplacez la carte."),
        "failed": _("Les signalements n’arrivent pas sur la carte. La liste dit la même chose."),
        "walk": _("Itinéraire de marche :"),
    }
