"""The funders of a call and their envelopes: what was announced, what is left, written by who runs it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.numbers import typed
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.contracts.queries.governance import organisations_to_suggest

from ..access import can_follow_call, can_run_call
from ..forms.calls import EnvelopeForm, FunderForm
from ..listings import call_url
from ..models import Call, CallFunder, Envelope
from ..queries.creation import places_of
from ..queries.envelopes import envelopes_of, funders_with_none
from ..services import envelopes as services
from .bars import bar_of
from .call_writing import run_call, tell
from .finding import actor_of, asked_call


@require_safe
def call_envelopes(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/enveloppes/`"""
    found = asked_call(request, code)
    require(can_follow_call(request.user, found))
    lines = envelopes_of(found)
    context = {
        "call": found,
        "rows": [(line, bar_of(line)) for line in lines],
        "funders": list(found.funders.all()),
        "without": funders_with_none(found, lines),
        "may_run": can_run_call(request.user, found),
    }
    return render(request, "calls/envelopes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def funder_edit(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`/appels/<code>/financeurs/ajouter/` and `…/financeurs/<pk>/`"""
    call = run_call(request, code)
    funder = _funder(call, pk) if pk else None
    start = {name: getattr(funder, name) for name in services.FIELDS} if funder else {}
    form = FunderForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            services.write_funder(call=call, funder=funder, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            tell(form, refused.verdict)
        else:
            messages.success(request, _("Le financeur est enregistré."))
            return redirect(call_url(call, "call_envelopes"))
    heading = _("Modifier un financeur") if funder else _("Ajouter un financeur")
    remove = call_url(call, "funder_remove", funder.pk) if funder else ""
    return _form_page(request, call, form, heading, remove=remove, organisations=organisations_to_suggest())


@require_http_methods(["GET", "HEAD", "POST"])
def envelope_edit(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`/appels/<code>/enveloppes/ajouter/` and `…/enveloppes/<pk>/`"""
    call = run_call(request, code)
    envelope = _envelope(call, pk) if pk else None
    sent = request.POST if request.method == "POST" else None
    start = _values(envelope) if envelope else {"funder": request.GET.get("financeur") or None}
    form = EnvelopeForm(sent, call=call, places=places_of(call), initial=start)
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        version, cents = given.pop("version"), given.pop("amount")
        try:
            services.write_envelope(
                call=call,
                envelope=envelope,
                base_version=version if envelope else None,
                by=actor_of(request),
                amount_cents=cents,
                **given,
            )
        except Refused as refused:
            tell(form, refused.verdict)
        except Conflict:
            messages.error(request, _("Quelqu’un a modifié cette enveloppe entre-temps : la voici."))
            return redirect(call_url(call, "envelope_edit", pk))
        else:
            messages.success(request, _("L’enveloppe est enregistrée."))
            return redirect(call_url(call, "call_envelopes"))
    heading = _("Modifier une enveloppe") if envelope else _("Ajouter une enveloppe")
    remove = call_url(call, "envelope_remove", envelope.pk) if envelope else ""
    return _form_page(request, call, form, heading, remove=remove)


@require_POST
def funder_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/appels/<code>/financeurs/<pk>/retirer/`"""
    call = run_call(request, code)
    funder = _funder(call, pk)
    return _removed(request, call, lambda: services.remove_funder(funder=funder, by=actor_of(request)))


@require_POST
def envelope_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/appels/<code>/enveloppes/<pk>/retirer/`"""
    call = run_call(request, code)
    envelope = _envelope(call, pk)
    return _removed(request, call, lambda: services.remove_envelope(envelope=envelope, by=actor_of(request)))


def _removed(request: HttpRequest, call: Call, remove: Any) -> HttpResponse:
    try:
        remove()
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, _("C’est retiré."))
    return redirect(call_url(call, "call_envelopes"))


def _form_page(
    request: HttpRequest, call: Call, form: Any, heading: str, *, remove: str, **more: Any
) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "heading": heading,
        "remove": remove,
        "cancel_url": call_url(call, "call_envelopes"),
        **more,
    }
    return render(request, "calls/step.html", context, status=422 if form.is_bound else 200)


def _values(envelope: Envelope) -> dict[str, Any]:
    names = ("funder", "nature", "year", "territory", "level", "version")
    return {name: getattr(envelope, name) for name in names} | {"amount": typed(envelope.amount_cents)}


def _funder(call: Call, pk: int) -> CallFunder:
    found = call.funders.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Ce financeur n’est pas de cet appel."))
    return found


def _envelope(call: Call, pk: int) -> Envelope:
    found = Envelope.objects.select_related("funder").filter(pk=pk, funder__call=call).first()
    if found is None:
        raise Http404(_("Cette enveloppe n’est pas de cet appel."))
    return found
