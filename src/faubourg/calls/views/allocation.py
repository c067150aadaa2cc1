"""The computed allocation of a call: what is typed, what comes out, why each no, its copy in a session."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.models import Job
from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.verdict import Reason

from ..access import can_follow_juries, can_run_call
from ..forms.allocation import AllocationForm
from ..models import AllocationProposal, Application, Call, CallFunder, JurySession
from ..queries.allocation_facts import Outline, outline_of
from ..queries.applications import without_recused
from ..queries.calls import rules_of
from ..services import allocating
from .finding import actor_of, asked_call
from .jury_pages import sent, told

LATEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
def call_allocation(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/repartition/`: a draft for the jury, computed from the marks, applied by nobody."""
    call = asked_call(request, code)
    require(can_follow_juries(request.user, call))
    outline = outline_of(call)
    funders = list(CallFunder.objects.filter(call=call))
    form = AllocationForm(outline.territories, funders, sent(request), initial=_start(call))
    if request.method == "POST":
        require(can_run_call(request.user, call))
        if form.is_valid():
            try:
                made = allocating.ask_for_allocation(
                    call=call, typed=form.typed(), waiting=outline.waiting, by=actor_of(request)
                )
            except Refused as refused:
                show_refusal(form, refused, {})
            else:
                if isinstance(made, Job):
                    return redirect("job", made.pk)
                return redirect("allocation_proposal", call.code, made.pk)
    return _page(request, call, form, outline)


def _start(call: Call) -> dict[str, Any]:
    """The local share of the rules when every measure asks for the same one."""
    rules = rules_of(call)
    shares = {m.local_share.least_bp if m.local_share else 0 for m in rules.measures} if rules else set()
    return {"least_share": 100, "local_share": next(iter(shares)) / 100 if len(shares) == 1 else None}


def _page(request: HttpRequest, call: Call, form: AllocationForm, outline: Outline) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "waiting": outline.waiting,
        "bars": outline.held,
        "proposals": call.proposals.defer("asked", "told")[:LATEST],
        "may_run": can_run_call(request.user, call),
    }
    return render(request, "calls/jury/allocation.html", context, status=422 if form.errors else 200)


@require_safe
def allocation_proposal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One proposal with its trace; the dossiers from which the reader stands back are not told."""
    call = asked_call(request, code)
    require(can_follow_juries(request.user, call))
    proposal = _asked_proposal(call, pk)
    told_lines = proposal.told["lines"]
    shown = without_recused(
        Application.objects.filter(call=call, pk__in=[line["application"] for line in told_lines]),
        request.user,
    ).select_related("organisation", "contract")
    by_pk = {application.pk: application for application in shown}
    ranked = set(proposal.told["ranking"]["refs"])
    lines = [
        (by_pk[line["application"]], line, _sentences(line["reasons"]), line["ref"] in ranked)
        for line in told_lines
        if line["application"] in by_pk
    ]
    lines.sort(key=lambda one: (not one[1]["retained"], -one[1]["quality"]))
    context = {
        "call": call,
        "proposal": proposal,
        "gap_percent": (proposal.gap or 0) * 100,
        "lines": lines,
        "hidden": len(told_lines) - len(lines),
        "lowered": _sentences(proposal.told["lowered"]),
        "left": list(zip(proposal.asked["envelopes"], proposal.told["left"], strict=True)),
        "sessions": JurySession.objects.filter(jury__call=call, state__in=("planned", "open")).select_related(
            "jury"
        ),
        "may_run": can_run_call(request.user, call),
    }
    return render(request, "calls/jury/proposal.html", context)


def _sentences(reasons: list[dict[str, Any]]) -> list[str]:
    return [in_words(Reason(one["code"], False, one["template"], one["params"])) for one in reasons]


def _asked_proposal(call: Call, pk: int) -> AllocationProposal:
    found = call.proposals.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cette proposition de répartition n’existe pas pour cet appel."))
    return found


@require_POST
def allocation_copy(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Prefill the amounts of a session: they stay to be decided."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    proposal = _asked_proposal(call, pk)
    number = whole_number(request.POST.get("session", ""))
    session = JurySession.objects.filter(pk=number, jury__call=call).first()
    if session is None:
        raise Http404(_("Cette séance n’est pas de cet appel."))
    told(
        request,
        lambda: allocating.copy_into_session(proposal=proposal, session=session, by=actor_of(request)),
        _("Les montants sont reportés dans la séance : le jury les décide, dossier par dossier."),
    )
    return redirect("jury_session", session.pk)
