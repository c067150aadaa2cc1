"""The funders' decisions of a call: the programming, the vote of a funder, one decision and its acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import require
from faubourg.rules.calls.circuits import FUNDER_DECISION

from ..access.dossiers import can_list_dossiers
from ..access.money import can_decide_for, can_decide_on, can_decide_somewhere, decides_for
from ..forms import decisions as forms_of
from ..models import CallFunder, FunderDecision
from ..money_listings import decision_listing, decision_state
from ..queries.bound import convention_reason
from ..queries.decisions import (
    decision_by_pk,
    decisions_of,
    favourable_of,
    missing_decisions,
    purses_of,
    waiting_votes,
)
from ..queries.payments import clock_of
from ..services import funder_decisions as services
from .acting import ActPage, answer, do, sent
from .finding import actor_of, asked_call, asked_reader


@require_safe
def call_decisions(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/decisions/`: the programming table, and what waits for a vote."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    mine = decides_for(request.user, call)
    rows = decisions_of(call, request.user)
    context = {
        "call": call,
        "purses": purses_of(call),
        "missing": missing_decisions(call) if mine else 0,
        "votes": waiting_votes(call, mine, rows) if mine else [],
    }
    return decision_listing(call).respond(request, rows, "calls/money/decisions.html", context)


@require_POST
def call_decisions_open(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/decisions/preparer/`: a decision to take for each request that has none."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    require(can_decide_somewhere(request.user, call))
    back = reverse("call_decisions", args=[call.code])
    return do(
        request,
        lambda: services.open_decisions(call=call, by=actor_of(request)),
        back,
        _("Chaque demande d’un dossier retenu a maintenant sa décision à prendre."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_vote(request: HttpRequest, code: str, funder: int) -> HttpResponse:
    """`/appels/<code>/decisions/voter/<financeur>/`: every favourable opinion of a funder, by one act."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    found = CallFunder.objects.select_related("call").filter(call=call, pk=funder).first()
    if found is None:
        raise Http404(_("Ce financeur n’est pas de cet appel."))
    found.call = call
    require(can_decide_for(request.user, found))
    decisions = favourable_of(found, request.user)
    seen = " ".join(f"{one.pk}-{one.version}" for one in decisions)
    form = forms_of.BatchVoteForm(sent(request), initial={"seen": seen})
    back = reverse("call_decisions", args=[call.code])
    count = len(decisions)
    page = ActPage(
        heading=_("Voter les aides : %(funder)s") % {"funder": found.name},
        back=back,
        done=ngettext("%(n)d aide est votée.", "%(n)d aides sont votées.", count) % {"n": count},
        overline=call.title,
        submit=_("Voter tout ce qui est affiché"),
        crumbs=[(call.title, call.get_absolute_url()), (_("Décisions"), back)],
    )
    told = {
        "call": call,
        "decisions": decisions,
        "total": sum(one.amount_cents for one in decisions),
        "purses": [one for one in purses_of(call) if one.room.envelope.funder_id == found.pk],
    }

    def write() -> None:
        allowed = {one.pk for one in decisions}
        ballots = [services.Ballot(pk, version) for pk, version in form.ballots() if pk in allowed]
        said = form.cleaned_data
        act = services.Act(said["act"], said["on"], said["conditions"])
        services.vote(call=call, ballots=ballots, act=act, by=actor_of(request))

    return answer(request, form, write, page, "calls/money/vote.html", **told)


def asked_decision(request: HttpRequest, pk: int) -> tuple[FunderDecision, Any]:
    """A decision and its reader: for the services, never for who stands back."""
    found = decision_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune aide ne porte ce numéro."))
    reader = asked_reader(request, found.application_id)
    require(reader.may_read_workings)
    found.application = reader.application
    found.funder.call = reader.application.call
    return found, reader


@require_safe
def funder_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """`/aides/<pk>/`: what one funder decides of one dossier, its steps, its payments, what can be done."""
    found, _reader = asked_decision(request, pk)
    may = can_decide_on(request.user, found.application, found.funder)
    acts = [one for one in FUNDER_DECISION.acts_from(found.state) if one.act in FORMS] if may.ok else []
    payments = list(found.payments.order_by("rank"))
    context = {
        "decision": found,
        "application": found.application,
        "call": found.application.call,
        "state": decision_state(found),
        "may": may,
        "acts": [(one.act, _(one.name)) for one in acts],
        "convention": convention_reason(found) if found.state in ("voted", "notified", "committed") else None,
        "payments": [(one, clock_of(one)) for one in payments],
        "plans": may.ok and found.state in ("notified", "committed"),
        "steps": list(found.steps.select_related("event")),
        "state_names": FUNDER_DECISION.states,
    }
    return render(request, "calls/money/decision.html", context)


Write = Callable[[FunderDecision, dict[str, Any], Any], object]


def _opinion(decision: FunderDecision, said: dict[str, Any], by: Any) -> object:
    return services.give_opinion(
        decision=decision, cents=said["cents"], reason=said["reason"], base_version=said["version"], by=by
    )


def _disfavour(decision: FunderDecision, said: dict[str, Any], by: Any) -> object:
    return services.give_opinion(
        decision=decision, cents=None, reason=said["reason"], base_version=said["version"], by=by
    )


def _vote(decision: FunderDecision, said: dict[str, Any], by: Any) -> object:
    ballot = services.Ballot(decision.pk, said["version"], said["cents"] or 0)
    act = services.Act(said["act"], said["on"], said["conditions"])
    return services.vote(call=decision.application.call, ballots=[ballot], act=act, by=by)


def _refuse(decision: FunderDecision, said: dict[str, Any], by: Any) -> object:
    return services.refuse(
        decision=decision,
        ground=said["ground"],
        words=said["words"],
        reference=said["act"],
        base_version=said["version"],
        by=by,
    )


def _commit(decision: FunderDecision, said: dict[str, Any], by: Any) -> object:
    return services.commit(decision=decision, on=said["on"], base_version=said["version"], by=by)


def _cancel(decision: FunderDecision, said: dict[str, Any], by: Any) -> object:
    return services.cancel(decision=decision, reason=said["reason"], base_version=said["version"], by=by)


FORMS: dict[str, tuple[type[forms.Form], Write]] = {
    "favour": (forms_of.OpinionForm, _opinion),
    "disfavour": (forms_of.ReasonForm, _disfavour),
    "vote": (forms_of.VoteForm, _vote),
    "refuse": (forms_of.RefuseForm, _refuse),
    "commit": (forms_of.DayForm, _commit),
    "cancel": (forms_of.ReasonForm, _cancel),
}


@require_http_methods(["GET", "HEAD", "POST"])
def funder_decision_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """`/aides/<pk>/<act>/`: one act of the circuit, by who decides for this funder."""
    found, _reader = asked_decision(request, pk)
    require(can_decide_on(request.user, found.application, found.funder))
    if act not in FORMS:
        raise Http404(_("Cette étape n’existe pas."))
    kind, write = FORMS[act]
    proposed = found.amount_cents or found.requested_cents
    form = kind(
        sent(request), initial={"version": found.version, "cents": f"{proposed / 100:.2f}".replace(".", ",")}
    )
    application = found.application
    back = reverse("funder_decision", args=[found.pk])
    page = ActPage(
        heading=_(FUNDER_DECISION.by_act(act).name),
        back=back,
        done=_("C’est enregistré."),
        lead=_("%(funder)s – %(title)s") % {"funder": found.funder.name, "title": application.title},
        overline=application.call.title,
        submit=_(FUNDER_DECISION.by_act(act).name),
        crumbs=[(application.call.title, application.call.get_absolute_url()), (application.title, back)],
    )
    return answer(request, form, lambda: write(found, form.cleaned_data, actor_of(request)), page)
