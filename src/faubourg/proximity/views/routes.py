"""The table of routes, in the order in which it is read, and « who would answer here, now? »."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import require

from ..access import can_follow_area, can_run_area
from ..forms.routes import RouteForm, WhoForm
from ..models import Area, Route
from ..queries.who import lines_of
from ..services import settings as services
from ..services.routing import Proposal, route_at
from .finding import actor_of, asked_area
from .map_words import map_context
from .settings_page import edited, set_area

MOVES = {"monter": True, "descendre": False}


@require_safe
def area_routes(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/attribution/`: the table, and `?categorie=&lieu=` asks it a question."""
    area = asked_area(code)
    require(can_follow_area(request.user, area))
    form = WhoForm(request.GET if "lieu" in request.GET else None, area=area)
    asked = _ask(area, form) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {
        "area": area,
        "runs": can_run_area(request.user, area).ok,
        "lines": lines_of(area),
        "form": form,
        "asked": asked,
        **map_context(area),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "proximity/areas/routes.html", context, status=status)


def _ask(area: Area, form: WhoForm) -> dict[str, Any]:
    data = form.cleaned_data
    at = data["quand"] or timezone.now()
    lon, lat = data["lieu"]
    found: Proposal = route_at(area, data["categorie"], lon, lat, data["precision"], at=at)
    return {"proposal": found, "category": data["categorie"], "at": at, "lon": lon, "lat": lat}


@require_http_methods(["GET", "HEAD", "POST"])
def area_route(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`…/attribution/nouvelle/` and `…/attribution/<pk>/`."""
    area = set_area(request, code)
    route = _route(area, pk) if pk else Route(area=area)
    form = RouteForm(request.POST or None, initial=RouteForm.values_of(route) if pk else {}, area=area)
    return edited(
        request,
        area,
        form,
        lambda: services.write_route(
            route=route,
            values=form.told(),
            base_version=form.base_version if pk else None,
            by=actor_of(request),
        ),
        title=_("Règle n° %(n)s") % {"n": route.order} if pk else _("Nouvelle règle d’attribution"),
        back=("area_routes", _("Attribution")),
        done=_("La règle est enregistrée."),
    )


def _route(area: Area, pk: int) -> Route:
    found = area.routes.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cette règle n’est pas de ce territoire."))
    return found


@require_POST
def area_route_act(request: HttpRequest, code: str, pk: int, act: str) -> HttpResponse:
    """`…/attribution/<pk>/<monter|descendre|retirer>/`; the page is read again on the same place."""
    area = set_area(request, code)
    route = area.routes.filter(pk=pk).first()
    if act not in (*MOVES, "retirer"):
        raise Http404(_("Actes possibles : monter, descendre, retirer."))
    if route is None:
        # Somebody removed it in between: the table says so by itself.
        messages.info(request, _("Cette règle a déjà été retirée."))
    elif act == "retirer":
        services.remove_route(route=route, by=actor_of(request))
        messages.success(request, _("La règle est retirée."))
    else:
        services.move_route(route=route, up=MOVES[act], by=actor_of(request))
    return redirect("area_routes", area.code)
