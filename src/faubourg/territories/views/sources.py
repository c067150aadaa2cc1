"""Where everything comes from: the sources, their licence, and what was noticed while reading them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from .. import listings, queries


def sources(request: HttpRequest) -> HttpResponse:
    """`/sources/`"""
    lead = _("Chaque chiffre, chaque nom et chaque contour vient d’une de ces sources.")
    return listings.SOURCES.respond(request, queries.all_sources(), "territories/list.html", {"lead": lead})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """`/sources/<slug>/`"""
    found = get_object_or_404(queries.all_sources(), slug=slug)
    context = {"source": found, "findings": queries.findings_of(found), "uses": queries.uses_of(found)}
    return render(request, "territories/source.html", context)
