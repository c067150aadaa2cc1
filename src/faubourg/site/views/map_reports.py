"""`/carte/signalements.json`: the layer of reports of the town’s map, what everybody may read of them."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.proximity.queries import area_map
from faubourg.rules.proximity.circuits import REPORT
from faubourg.territories.geo.frames import Box, Unreadable, asked_frame

# Farther, a town is a sign: its reports say nothing.
LEAST_ZOOM = 11


@never_cache
@require_safe
def map_reports(request: HttpRequest) -> JsonResponse:
    """The open reports of a frame, gathered as on the map of an area; `far`: too far to show any."""
    try:
        box, zoom = asked_frame(request.GET)
    except Unreadable as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    areas = area_map.areas_around(box) if zoom >= LEAST_ZOOM else []
    categories = area_map.categories_of(areas)
    answer = area_map.map_answer(area_map.open_in(areas), categories, box, zoom)
    told = {**answer, "categories": [gettext(one.name) for one in categories], "far": zoom < LEAST_ZOOM}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def layer_words() -> dict[str, Any]:
    """What the module of the layer says, in the reader’s language."""
    return {
        "states": {state: gettext(name) for state, name in REPORT.states.items() if state},
        "ticket": reverse("ticket", args=["REFERENCE"]),
        "group": gettext("{count} signalements, zoomer pour les séparer"),
        "pile": gettext("{count} signalements au même endroit"),
        "in_view": gettext("Signalements en cours dans ce cadre : {count}."),
        "none": gettext("Aucun signalement en cours dans ce cadre."),
        "far": gettext("Zoomez sur une ville pour voir ses signalements."),
        "failed": gettext("Les signalements n’arrivent pas sur la carte. Réessayez dans un instant."),
    }


def layer_context(request: HttpRequest, box: Box) -> dict[str, Any]:
    """For the page: nothing at all where no area takes reports."""
    if not area_map.any_area():
        return {}
    asked = request.GET.get("signalements") == "1"
    areas = area_map.areas_around(box) if asked else []
    return {"report_words": layer_words(), "reports_asked": asked, "report_areas": areas}
