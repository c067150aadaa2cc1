"""Which jury takes a dossier, when the rules' own answer is not the right one; several dossiers at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.people.views.refusals import show_refusal

from ..access import can_run_call
from ..forms.examination import RouteForm
from ..queries.applications import submitted_to
from ..services import checking
from ..services.routing import route
from .checking import form_of
from .finding import actor_of, asked_call, asked_reader

MOST_AT_ONCE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def application_route(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/jury/`: the territory's jury, or the one that takes what a territory cannot."""
    reader = asked_reader(request, pk)
    require(reader.may_run)
    form = RouteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            route(
                application=reader.application,
                territory_examines=form.cleaned_data["territory"] == "yes",
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"reason": "reason"})
        else:
            messages.success(request, _("Le jury de ce dossier est changé."))
            return redirect("application", pk)
    return form_of(
        request,
        reader,
        form,
        heading=_("Changer de jury"),
        lead=_("Un dossier d’un contrat va au jury de son territoire, les autres au jury de repli."),
        submit=_("Enregistrer"),
    )


@require_POST
def call_applications_act(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/dossiers/ensemble/`: one act on several dossiers; each says why not."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    acts = {"complete": checking.declare_complete, "examine": checking.start_examination}
    act = acts.get(request.POST.get("act", ""))
    chosen = [whole_number(key) for key in request.POST.getlist("dossier")[:MOST_AT_ONCE]]
    rows = submitted_to(call.pk, request.user).filter(pk__in=chosen)
    done = 0
    for row in rows:
        if act is None:
            break
        try:
            act(application=row, by=actor_of(request))
            done += 1
        except Refused as refused:
            why = refusals_in_words(refused.verdict)
            messages.warning(request, f"{row.number} : {why}")
    if done:
        told = ngettext("Un dossier a avancé.", "{n} dossiers ont avancé.", done)
        messages.success(request, told.format(n=done))
    elif act is None or not rows:
        messages.warning(request, _("Cochez au moins un dossier et choisissez quoi en faire."))
    return redirect(reverse("call_applications", args=[call.code]))
