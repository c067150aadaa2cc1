"""The public list of calls, and the page of one: what may be asked, until when, how it is decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.rules.calls import Step

from ..access import can_create_calls, can_follow_call
from ..listings import CALLS, state_in_words
from ..queries.calls import published_calls, receives, rules_of
from .finding import asked_call


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
        "rules": rules_of(found),
        "takes_intents": receives(found, Step.INTENT),
        "takes_dossiers": receives(found, Step.APPLICATION),
        "follows": can_follow_call(request.user, found).ok,
    }
    return render(request, "calls/call.html", context)
