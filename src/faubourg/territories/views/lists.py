"""The lists of places: filter, sort, page, export."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from faubourg.base.listing import Listing

from .. import listings, queries


def neighbourhoods(request: HttpRequest) -> HttpResponse:
    """`/quartiers/`"""
    lead = _("Quartiers prioritaires d’aujourd’hui et d’hier, quartiers de veille, géographies locales.")
    return _list(request, listings.NEIGHBOURHOODS, queries.all_neighbourhoods(), lead)


def communes(request: HttpRequest) -> HttpResponse:
    """`/communes/`"""
    lead = _("Toutes les communes, leur intercommunalité et leurs quartiers.")
    return _list(request, listings.COMMUNES, queries.all_communes(), lead, sizes=True)


def epcis(request: HttpRequest) -> HttpResponse:
    """`/epci/`"""
    lead = _("Métropoles, communautés urbaines, d’agglomération et de communes.")
    return _list(request, listings.EPCIS, queries.all_epcis(), lead, sizes=True)


def departements(request: HttpRequest) -> HttpResponse:
    """`/departements/`"""
    lead = _("Les départements et les collectivités d’outre-mer.")
    return _list(request, listings.DEPARTEMENTS, queries.all_departements(), lead, sizes=True)


def regions(request: HttpRequest) -> HttpResponse:
    """`/regions/`"""
    return _list(request, listings.REGIONS, queries.all_regions(), _("Les régions."), sizes=True)


def _list(
    request: HttpRequest, listing: Listing, places: QuerySet[Any], lead: str, *, sizes: bool = False
) -> HttpResponse:
    context = {"lead": lead, "note": listings.SIZE_NOTE if sizes else ""}
    return listing.respond(request, places, "territories/list.html", context)
