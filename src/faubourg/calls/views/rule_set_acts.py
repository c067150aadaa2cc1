"""What happens to a version: another follows it, it is published, tried on past dossiers, retired."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words, refusals_in_words

from ..access import can_run_call, can_write_rules
from ..explaining import badge_of
from ..forms.rule_set_acts import TryOnForm, WhyForm
from ..models import RuleSetVersion
from ..queries.calls import rules_in
from ..queries.rule_sets import calls_with_dossiers
from ..queries.simulation import tried_on
from ..rule_set_listing import rule_set_url
from ..services import rules as services
from .finding import actor_of, asked_call
from .rule_sets import asked_rule_set

MOST_FLIPS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_version(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/version/`: a draft that starts from this one and says why."""
    found = _written(request, pk)

    def write(why: str) -> RuleSetVersion:
        return services.new_version(of=found, why=why, by=actor_of(request))

    lead = _("La nouvelle version part de celle-ci et se modifie librement ; celle-ci ne change pas.")
    return _with_why(request, found, write, _("Nouvelle version"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/retirer/`"""
    found = _written(request, pk)

    def write(why: str) -> RuleSetVersion:
        services.retire_rule_set(rule_set=found, why=why, by=actor_of(request))
        return found

    lead = _("Plus aucun nouvel appel ne pourra la prendre ; les appels qui l’ont la gardent.")
    return _with_why(request, found, write, _("Retirer cette version"), lead)


@require_POST
def rule_set_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/publier/`"""
    found = _written(request, pk)
    try:
        services.publish_rule_set(rule_set=found, by=actor_of(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, _("Cette version est publiée : un appel peut la prendre."))
    return redirect(rule_set_url(found))


@require_safe
def rule_set_simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/simuler/?appel=`: the dossiers of a past call judged by these rules instead."""
    found = _written(request, pk)
    form = TryOnForm(request.GET or None, calls=calls_with_dossiers(request.user))
    context = {
        "rule_set": found,
        "badge": badge_of(rules_in(found)),
        "form": form,
        "url": rule_set_url(found),
    }
    if form.is_bound and form.is_valid():
        call = asked_call(request, form.cleaned_data["appel"].code)
        require(can_run_call(request.user, call))
        tried = tried_on(call, rules_in(found), request.user)
        context |= {"call": call, "tried": tried, "flips": tried.flips[:MOST_FLIPS], "most": MOST_FLIPS}
    return render(request, "calls/rules/simulate.html", context)


def _written(request: HttpRequest, pk: int) -> RuleSetVersion:
    found = asked_rule_set(request, pk)
    require(can_write_rules(request.user))
    return found


def _with_why(
    request: HttpRequest,
    found: RuleSetVersion,
    write: Callable[[str], RuleSetVersion],
    heading: str,
    lead: str,
) -> HttpResponse:
    form = WhyForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                return redirect(rule_set_url(write(form.cleaned_data["why"])))
            except Refused as refused:
                for reason in refused.verdict.refusals():
                    form.add_error(None, in_words(reason))
    context = {
        "form": form,
        "rule_set": found,
        "heading": heading,
        "lead": lead,
        "submit_label": heading,
        "cancel_url": rule_set_url(found),
    }
    return render(request, "calls/rules/step.html", context, status=status)
