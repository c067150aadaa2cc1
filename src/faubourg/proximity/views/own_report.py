"""`/s/<clé>/`: the page of whoever reported, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import Ticket
from ..queries.own import ticket_by_key
from .speaking import spoken


def own_ticket(key: str) -> Ticket:
    """The report that this key opens; 404 for any other, which says nothing more."""
    found = ticket_by_key(key)
    if found is None:
        raise Http404(_("Cette adresse n’ouvre aucun signalement : reprenez celle que vous aviez notée."))
    return found


@never_cache
@require_safe
def own(request: HttpRequest, key: str) -> HttpResponse:
    """Where it stands, and what may be said of it now."""
    return page(request, own_ticket(key))


def page(request: HttpRequest, ticket: Ticket, status: int = 200) -> HttpResponse:
    """The page of one report in the language asked."""
    followed = ticket.original or ticket
    context = spoken(request, ticket.area) | {
        "ticket": ticket,
        "followed": followed,
        "steps": list(followed.steps.all()),
    }
    return render(request, "proximity/resident/own.html", context, status=status)
