"""`/carte/` and its data: the same filters with and without JavaScript; what is senseless gets a sentence."""

import hashlib
import json
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from faubourg.territories.geo.frames import Unreadable, asked_frame
from faubourg.territories.models import Perimeter

from ..queries import map_centre, map_points, map_view
from .map_reports import layer_context

GENERATIONS = (map_points.G2024, map_points.G2015)
# A newer release may draw the same data otherwise.
VERSION = version("faubourg")


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The map, and beside it the list of what is in view: complete without JavaScript."""
    asked = request.GET.get("centre", "")
    found = map_centre.centre_of(asked)
    centre = found or map_centre.FRANCE
    layers, generation = _lenient(request.GET, near=bool(centre.name))
    box = map_view.box_around(centre.lon, centre.lat, centre.zoom)
    frame = map_view.Frame(box, centre.zoom, layers, generation)
    lines, total = map_view.listed(frame, map_view.memory())
    context = {
        "asked": asked,
        "unknown": found is None,
        "centre": centre,
        "bounds": json.dumps(map_centre.METROPOLITAN) if centre == map_centre.FRANCE else "",
        "layers": [(key, label, key in layers) for key, label in _layer_labels()],
        "generations": [(key, label, key == generation) for key, label in _generation_labels()],
        "lines": lines,
        "total": total,
        "words": _words(),
        "basemap_url": settings.BASEMAP_URL,
        "basemap_attribution": settings.BASEMAP_ATTRIBUTION,
    }
    return render(request, "site/map/page.html", context | layer_context(request, box))


@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """The frame as GeoJSON; 304 when nothing changed; 400 with `error` when the frame cannot be read."""
    try:
        frame = _frame(request.GET)
    except Unreadable as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    held = map_view.memory()
    told = hashlib.sha256(
        repr((VERSION, held.state, frame.box, frame.zoom, sorted(frame.layers), frame.generation)).encode()
    )
    etag = f'"{told.hexdigest()[:24]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        content = json.dumps(map_view.features(frame, held), ensure_ascii=False, separators=(",", ":"))
        response = HttpResponse(content, content_type="application/geo+json")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=60"
    return response


def _frame(asked: QueryDict) -> map_view.Frame:
    layers = frozenset(part for part in asked.get("couches", "quartiers,contrats").split(",") if part)
    if unknown := sorted(layers - set(map_view.LAYERS)):
        raise Unreadable(
            gettext("La couche « %(layer)s » n’existe pas ; les couches sont : %(known)s.")
            % {"layer": unknown[0][:40], "known": ", ".join(map_view.LAYERS)}
        )
    generation = asked.get("generation", map_points.G2024)
    if generation not in GENERATIONS:
        raise Unreadable(gettext("La génération est 2024-2030 ou 2015-2023."))
    return map_view.Frame(*asked_frame(asked), layers, generation)


def _lenient(asked: QueryDict, *, near: bool) -> tuple[frozenset[str], str]:
    """For the page, what is unknown is left out rather than refused; the whole country opens on one layer."""
    layers = frozenset(asked.getlist("couches")) & set(map_view.LAYERS)
    if "couches" not in asked:
        layers = frozenset(map_view.LAYERS) - (frozenset() if near else {map_points.CONTRACTS})
    generation = asked.get("generation", "")
    return layers, generation if generation in GENERATIONS else GENERATIONS[0]


def _layer_labels() -> list[tuple[str, str | Promise]]:
    return [
        (map_points.QUARTERS, _("Quartiers")),
        (map_points.CONTRACTS, _("Contrats de ville")),
        (map_view.COMMUNES, _("Limites des communes")),
    ]


def _generation_labels() -> list[tuple[str, str | Promise]]:
    return [(map_points.G2024, _("2024-2030")), (map_points.G2015, _("2015-2023"))]


def _words() -> dict[str, Any]:
    """What the map's module says, and the addresses it makes, in the reader's language."""
    return {
        "basis": {
            "commune": gettext("contour non disponible, point de la commune"),
            "other": gettext("contour de cette génération non disponible, point du contour connu"),
        },
        "kinds": {kind: str(label) for kind, label in Perimeter.Kind.choices},
        "source": gettext("Source :"),
        "quartiers_many": gettext("quartiers"),
        "contrats_many": gettext("contrats de ville"),
        "zoom_in": gettext("Zoomer"),
        "zoom_out": gettext("Dézoomer"),
        "group": gettext("{count} {what}, zoomer pour les séparer"),
        "pile": gettext("{count} {what}, ouvrir la liste"),
        "in_view": gettext("{count} en vue"),
        "first_of": gettext("Les {shown} premiers sur {count} : zoomez pour voir les autres."),
        "none": gettext("Rien dans ce cadre. Dézoomez, déplacez la carte ou ajoutez une couche."),
        "see": gettext("Voir la fiche"),
        "more": gettext("et {count} de plus"),
        "failed": gettext("Les données de la carte n’arrivent pas. La liste montre le dernier état connu."),
        "urls": {key: _pattern(name) for key, name in _SHEETS.items()},
    }


_SHEETS = {"quartiers": "neighbourhood", "contrats": "contract", "communes": "commune"}


def _pattern(name: str) -> str:
    """The address of a sheet with CODE where the code goes; empty when no room serves it yet."""
    try:
        return reverse(name, args=["CODE"])
    except NoReverseMatch:
        return ""
