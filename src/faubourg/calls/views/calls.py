"""The public list of calls, and the page of one: what may be asked, until when, how it is decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.contracts.listings import contract_url

from ..access import can_create_calls
from ..listings import CALLS, state_in_words
from ..queries.calls import published_calls
from .finding import asked_call
from .rule_words import rules_told


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """`/appels/`"""
    context = {"may_create": can_create_calls(request.user).ok}
    return CALLS.respond(request, published_calls(), "calls/list.html", context)


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/`: read by everybody once published."""
    found = asked_call(request, code)
    context = {
        "call": found,
        "state": state_in_words(found),
        "funders": list(found.funders.select_related("organisation")),
        "contracts": [(one, contract_url(one)) for one in found.contracts.all()],
        "changes": found.steps.filter(move="reopen"),
        **rules_told(found),
    }
    return render(request, "calls/call.html", context)
