"""The board of whoever follows a call: where it is and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.base.refusal import require

from ..access import can_follow_call, can_run_call
from ..listings import state_in_words
from .finding import asked_call


@require_safe
def call_run(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/piloter/`"""
    found = asked_call(request, code)
    require(can_follow_call(request.user, found))
    context = {
        "call": found,
        "state": state_in_words(found),
        "may_run": can_run_call(request.user, found),
    }
    return render(request, "calls/run.html", context)
