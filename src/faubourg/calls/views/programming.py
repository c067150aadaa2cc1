"""The programming table of a call, with its files: the relevé de décisions of one session, or of all."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from faubourg.base.refusal import require

from ..access import can_follow_juries
from ..jury_listing import programming
from ..models import CallFunder, Jury, JuryItem
from ..queries.juries import items_without_recused
from .finding import asked_call


@require_safe
def call_programming(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/programmation/`: never a dossier from which the reader stands back, files included."""
    call = asked_call(request, code)
    require(can_follow_juries(request.user, call))
    juries = dict(Jury.objects.filter(call=call).order_by("fallback", "name").values_list("pk", "name"))
    funders = list(CallFunder.objects.filter(call=call))
    items = items_without_recused(
        JuryItem.objects.filter(session__jury__call=call)
        .select_related("application__organisation", "session__jury")
        .prefetch_related("amounts", "application__requests"),
        request.user,
    )
    listing = programming(call, juries, funders)
    return listing.respond(request, items, "calls/jury/programming.html", {"call": call})
