"""`/quartiers/<code>/vie/`: what is open and repaired in a neighbourhood; also a part of its sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.territories.models import Territory
from faubourg.territories.queries import place_at

from ..queries.here import here


@never_cache
@require_safe
def neighbourhood_life(request: HttpRequest, code: str) -> HttpResponse:
    """Its sheet asks for the part alone, and leads to the page without JavaScript."""
    place = place_at(Territory.Kind.NEIGHBOURHOOD, code)
    if place is None:
        raise Http404(_("Aucun quartier ne porte le code %(code)s.") % {"code": code[:20]})
    part = request.headers.get("HX-Request") == "true"
    name = "proximity/boards/here.html" if part else "proximity/boards/life.html"
    return render(request, name, {"place": place, "here": here(place)})
