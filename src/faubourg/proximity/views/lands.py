"""Who looks after which ground: the list, one piece drawn or changed, a file tried and then written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from shapely.geometry import shape

from faubourg.base.refusal import require
from faubourg.territories.reading.outline_text import text_of

from ..access import can_follow_area
from ..forms.lands import LandForm
from ..listings_areas import LANDS
from ..models import Area, Land
from ..queries.land import lands_of
from ..queries.land_map import map_of
from ..services import lands as services
from .finding import actor_of, asked_area
from .map_words import map_context
from .settings_page import form_page, set_area, try_to

MAP = "proximity/areas/land_form.html"


@require_safe
def area_lands(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/sols/`: every piece of land, past ones included."""
    area = set_area(request, code)
    return LANDS.respond(request, lands_of(area), "proximity/areas/lands.html", {"area": area})


@require_safe
def area_lands_map(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/sols.json`: what counts today, for the maps of who follows the area."""
    area = asked_area(code)
    require(can_follow_area(request.user, area))
    found = map_of(area, timezone.localdate())
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/geo+json"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def area_land(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`…/sols/nouveau/` and `…/sols/<pk>/`."""
    area = set_area(request, code)
    land = _land(area, pk) if pk else Land(area=area)
    form = LandForm(request.POST or None, initial=_initial(land) if pk else {}, area=area)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and form.outline is not None:
            outline = form.outline
            status = try_to(
                form,
                lambda: services.write_land(
                    land=land,
                    values=form.told("contour"),
                    outline=outline,
                    base_version=form.base_version if pk else None,
                    by=actor_of(request),
                ),
            )
        if status == 302:
            messages.success(request, _("Ce sol est enregistré."))
            return redirect("area_lands", area.code)
    return form_page(
        request,
        area,
        form,
        title=land.name if pk else _("Nouveau sol"),
        back=("area_lands", _("Sols")),
        status=status,
        template=MAP,
        land=land,
        **map_context(area),
    )


def _land(area: Area, pk: int) -> Land:
    found = lands_of(area).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Ce sol n’est pas de ce territoire."))
    return found


def _initial(land: Land) -> dict[str, Any]:
    same = {name: getattr(land, name) for name in LandForm.base_fields if name != "contour"}
    return same | {"contour": text_of(shape(land.geometry))}


@require_POST
def area_land_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/sols/<pk>/fin/`: today is its last day."""
    area = set_area(request, code)
    services.end_land(land=_land(area, pk), on=timezone.localdate(), by=actor_of(request))
    messages.success(request, _("Ce sol ne compte plus à partir de demain."))
    return redirect("area_lands", area.code)
