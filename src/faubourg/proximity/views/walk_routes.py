"""The itinerary of a walk: halts placed on the house’s map or typed, the line between them."""

import math
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused
from faubourg.people.views.refusals import show_refusal
from faubourg.territories.geo.contours import contour_index

from ..forms.walks import RouteForm, StopFormSet, stop_rows, stops_told
from ..models import Walk
from ..services.walks import line_of, set_route
from .finding import actor_of
from .walk_pages import prepared_walk

# Half a kilometre around a point.
AROUND = 0.006
FRANCE = (-5.0, 41.5, 9.5, 51.0)


@require_http_methods(["GET", "HEAD", "POST"])
def walk_route(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/itineraire/`."""
    found = prepared_walk(request, pk)
    if request.method != "POST":
        rows = StopFormSet(initial=stop_rows(list(found.stops.order_by("order"))), prefix="haltes")
        return _page(request, found, rows, _start(found))
    rows, form = StopFormSet(request.POST, prefix="haltes"), RouteForm(request.POST)
    if not rows.is_valid() or not form.is_valid():
        return _page(request, found, rows, form, status=422)
    try:
        set_route(
            walk=found,
            stops=stops_told([row.cleaned_data for row in rows]),
            line=form.cleaned_data["line"],
            words=form.cleaned_data["route_words"].strip(),
            base_version=form.cleaned_data["version"] or 0,
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(form, refused, {})
        return _page(request, found, rows, form, status=422)
    except Conflict:
        form.data = {**request.POST.dict(), "version": str(prepared_walk(request, pk).version)}
        form.add_error(
            None,
            _("Quelqu’un a changé cette marche entre-temps. Votre itinéraire est gardé ici : enregistrez de "
              "nouveau pour le mettre à la place du sien."),
        )  # fmt: skip
        return _page(request, found, rows, form, status=409)
    messages.success(request, _("L’itinéraire est enregistré."))
    return redirect("walk", pk)


def _start(walk: Walk) -> RouteForm:
    """The line is given back only when it is not the straight one."""
    line = line_of(walk)
    straight = [(stop.lon, stop.lat) for stop in walk.stops.order_by("order") if stop.lon is not None]
    own = [] if line == straight else line
    return RouteForm(
        initial={
            "line": "\n".join(f"{lon} {lat}" for lon, lat in own),
            "route_words": walk.route_words,
            "version": walk.version,
        }
    )


def _page(request: HttpRequest, walk: Walk, rows: Any, form: RouteForm, *, status: int = 200) -> HttpResponse:
    context = {
        "walk": walk,
        "area": walk.area,
        "rows": rows,
        "form": form,
        "frame": _frame(walk),
        "basemap_url": settings.BASEMAP_URL,
        "basemap_attribution": settings.BASEMAP_ATTRIBUTION,
        "words": {
            "kinds": {},
            "zoom_in": _("Zoomer"),
            "zoom_out": _("Dézoomer"),
            "stop": _("Halte {n} : flèches pour la déplacer"),
            "placed": _("Halte {n} placée."),
            "full": _("Toutes les lignes ont un point : choisissez celle à déplacer."),
            "traced": _("{count} points dans le tracé."),
            "untraced": _("Le tracé va droit d’une halte à l’autre."),
        },
    }
    return render(request, "proximity/walks/route.html", context, status=status)


def _frame(walk: Walk) -> list[float]:
    """West, south, east, north: around what is placed, else its neighbourhood, else its town."""
    points = [(stop.lon or 0.0, stop.lat or 0.0) for stop in walk.stops.all() if stop.lon is not None]
    if points:
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        return [min(lons) - 0.002, min(lats) - 0.002, max(lons) + 0.002, max(lats) + 0.002]
    for place in filter(None, (walk.neighbourhood, walk.area.territory)):
        for contour in contour_index().contours:
            if contour.territory == place.pk:
                return [float(edge) for edge in contour.geometry.bounds]
        if place.lon is not None and place.lat is not None:
            wide = AROUND / max(math.cos(math.radians(place.lat)), 0.1)
            return [place.lon - wide, place.lat - AROUND, place.lon + wide, place.lat + AROUND]
    return list(FRANCE)
