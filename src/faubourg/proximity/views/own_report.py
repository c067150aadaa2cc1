"""`/s/<clé>/`: the page of whoever reported, without an account: follow, answer, be left in peace."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.views.kept import handed
from faubourg.people.models import Person

from ..access.tickets import can_check
from ..models import Check, Ticket
from ..queries.own import document_for_reporter, ticket_by_key
from ..services import reporter as services
from ..services.filing import WITHOUT_ACCOUNT
from ..services.repairing import check_repair, reopen
from .reporting import said_wrong
from .robots import is_robot, too_fast
from .speaking import PARAMETER, language_of, spoken

REOPENED_FROM = ("verified", "closed")


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


def page(request: HttpRequest, ticket: Ticket, errors: list[str] | None = None) -> HttpResponse:
    """The page of one report in the language asked; 422 when something is wrong."""
    followed = ticket.original or ticket
    context = spoken(request, ticket.area) | {
        "ticket": ticket,
        "followed": followed,
        "steps": [*ticket.steps.all(), *(followed.steps.all() if ticket.original else ())],
        "photos": [photo for photo in ticket.photos.all() if document_for_reporter(photo)],
        "errors": errors or [],
        "typed": request.POST.get("word", ""),
        "asks_done": followed.state == "declared_done",
        "may_reopen": followed.state in REOPENED_FROM,
        "has_contact": bool(ticket.contact or ticket.contact_address or ticket.contact_name),
        "thanks": "merci" in request.GET,
    }
    return render(request, "proximity/resident/own.html", context, status=422 if errors else 200)


@require_POST
def say(request: HttpRequest, key: str) -> HttpResponse:
    """« C’est fait ? »: yes or no, a word, a photograph."""
    ticket = own_ticket(key)
    repaired = request.POST.get("done") == "yes"
    word, photo = services.what_is_seen(request.POST.get("word", "")), request.FILES.get("file")
    words: Any = spoken(request, ticket.area)["words"]
    if isinstance(request.user, Person):
        require(can_check(request.user, ticket.original or ticket))
    if request.POST.get("done") not in ("yes", "no"):
        return page(request, ticket, [words.said("own.missing")])
    return _done(
        request,
        ticket,
        lambda: check_repair(
            ticket=ticket.original or ticket, who=Check.Who.REPORTER, repaired=repaired, text=word,
            by=_who(request), photo=photo,
        ),
    )  # fmt: skip


@require_POST
def open_again(request: HttpRequest, key: str) -> HttpResponse:
    """The problem is back: it goes to the same service again, with what is seen."""
    ticket = own_ticket(key)
    word = services.what_is_seen(request.POST.get("word", ""))
    words: Any = spoken(request, ticket.area)["words"]
    if not word:
        return page(request, ticket, [words.said("own.missing")])
    first = ticket.original or ticket
    return _done(
        request,
        ticket,
        lambda: reopen(ticket=first, reason=word, base_version=None, by=_who(request), typed=True),
    )


@require_POST
def silence(request: HttpRequest, key: str) -> HttpResponse:
    """No more news."""
    ticket = own_ticket(key)
    return _done(request, ticket, lambda: services.silence(ticket=ticket, by=_who(request)))


@require_POST
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Name, address and number are erased at once."""
    ticket = own_ticket(key)
    return _done(request, ticket, lambda: services.erase_contact(ticket=ticket, by=_who(request)))


@never_cache
@require_safe
def photo(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """One’s own photograph, private for everybody else; those of others once validated."""
    ticket = own_ticket(key)
    found = next((one for one in ticket.photos.all() if one.pk == pk), None)
    document = document_for_reporter(found) if found else None
    if document is None:
        raise Http404(_("Cette photo n’est plus là."))
    return handed(document)


def _done(request: HttpRequest, ticket: Ticket, act: Any) -> HttpResponse:
    """Do it and come back; what is wrong is said on the page, with what was typed."""
    words: Any = spoken(request, ticket.area)["words"]
    if is_robot(request) or too_fast(request):
        return page(request, ticket, [words.said("error.filing-flood")])
    try:
        act()
    except Refused as refused:
        return page(request, ticket, said_wrong(words, refused, "own"))
    except Conflict:
        return page(request, ticket, [words.said("own.late")])
    messages.success(request, words.said("own.thanks"))
    address = reverse("report_own", args=[ticket.key])
    return redirect(f"{address}?{PARAMETER}={language_of(request)}")


def _who(request: HttpRequest) -> Actor:
    return request.user.actor if isinstance(request.user, Person) else WITHOUT_ACCOUNT
