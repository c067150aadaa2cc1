"""The board of whoever follows a call: where it is, what waits, what its envelopes hold, the next step."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import require
from faubourg.rules.calls.circuits import CALL, Transition
from faubourg.rules.verdict import Reason, Verdict

from ..access import can_follow_call, can_run_call
from ..listings import call_url, state_in_words
from ..models import Call
from ..queries.board import waiting_in
from ..queries.call_guards import guards_of
from ..queries.calls import CLOCKED
from ..queries.creation import newer_versions
from ..queries.envelopes import EnvelopeLine, envelopes_of
from .bars import bar_of
from .finding import asked_call
from .rule_words import rules_told


@dataclass(frozen=True, slots=True)
class Act:
    """One act that this state allows; `verdict` says what it lacks, `asks_reason` that one is written."""

    transition: Transition
    verdict: Verdict
    asks_reason: bool


@require_safe
def call_run(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/piloter/`"""
    found = asked_call(request, code)
    require(can_follow_call(request.user, found))
    may_run, lines = can_run_call(request.user, found), envelopes_of(found)
    context: dict[str, Any] = {
        "call": found,
        "state": state_in_words(found),
        "waiting": waiting_in(found, request.user, timezone.localdate()),
        "rows": [(line, bar_of(line)) for line in lines],
        "acts": acts_of(found, lines) if may_run.ok else (),
        "steps": [(step, CALL.by_act(step.move)) for step in found.steps.order_by("-pk")],
        "may_run": may_run,
        "newer": may_run.ok
        and found.state in (*CLOCKED, "applications_closed")
        and newer_versions(found).exists(),
        "urls": {
            name: call_url(found, name) for name in ("call_edit", "call_act", "call_rules", "call_envelopes")
        },
        "history": history_of("call", str(found.pk)),
        **rules_told(found),
    }
    return render(request, "calls/run.html", context)


def acts_of(call: Call, lines: list[EnvelopeLine]) -> list[Act]:
    """What somebody may choose from here, each with what it still lacks."""
    now = timezone.now()
    found = []
    for transition in CALL.acts_from(call.state):
        given = guards_of(call, transition.act, now, lines)
        verdict = CALL.may_move(
            transition.act,
            call.state,
            given=given | {"reason"},
            on=timezone.localdate(),
            today=timezone.localdate(),
        )
        lacking: tuple[Reason, ...] = verdict.refusals()
        found.append(Act(transition, Verdict(lacking), "reason" in transition.needs))
    return found
