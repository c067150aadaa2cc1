"""Standing back: from a dossier or an organisation, by oneself at once, or recorded for somebody else."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal

from ..access import can_run_call
from ..access.dossiers import can_declare_interest
from ..forms.examination import InterestForm, StandBackForm
from ..models import Call
from ..queries.interests import interests_in
from ..services.standing_back import stand_back, withdraw_interest
from .checking import form_of
from .finding import actor_of, asked_call, asked_reader


@require_http_methods(["GET", "HEAD", "POST"])
def application_stand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/deport/`: from the moment it is sent, this dossier answers 403 to who declared it."""
    reader = asked_reader(request, pk)
    require(reader.may_read_workings)
    found = reader.application
    form = StandBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        whole = form.cleaned_data["about"] == "organisation"
        try:
            stand_back(
                call=found.call,
                person=request.user,
                application=None if whole else found,
                organisation=found.organisation if whole else None,
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"reason": "reason"})
        else:
            messages.success(request, _("Votre déport est enregistré : ce dossier ne vous est plus montré."))
            return redirect("call_interests", found.call.code)
    return form_of(
        request,
        reader,
        form,
        heading=_("Se déporter"),
        lead=_(
            "Dès l’envoi, le dossier, ses fichiers et ses exports vous sont fermés, et vous ne prenez part "
            "ni à sa préparation ni au vote. Seul qui conduit l’appel peut revenir dessus."
        ),
        submit=_("Me déporter"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_interests(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/interets/`: one's own; those of everybody for who runs the call."""
    call = asked_call(request, code)
    require(can_declare_interest(request.user, call))
    runs = can_run_call(request.user, call).ok is True
    form = InterestForm(
        request.POST if request.method == "POST" else None,
        for_others=runs,
    )
    if request.method == "POST" and form.is_valid() and _declare(request, call, form):
        return redirect("call_interests", call.code)
    context = {
        "call": call,
        "form": form,
        "runs": runs,
        "interests": interests_in(call, None if runs else request.user),
        "submit_label": _("Enregistrer le déport"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "calls/examination/interests.html", context, status=status)


def _declare(request: HttpRequest, call: Call, form: InterestForm) -> bool:
    mine = request.user
    assert isinstance(mine, Person)
    try:
        stand_back(
            call=call,
            person=form.cleaned_data.get("person") or mine,
            organisation=form.cleaned_data["organisation"],
            reason=form.cleaned_data["reason"],
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(form, refused, {"reason": "reason"})
        return False
    messages.success(request, _("Le déport est enregistré."))
    return True


@require_POST
def call_interest_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/appels/<code>/interets/<pk>/lever/`: declared by mistake; by who runs the call, with a reason."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    interest = call.interests.select_related("person", "organisation", "application").filter(pk=pk).first()
    if interest is None:
        raise Http404(_("Ce déport n’est pas, ou plus, enregistré."))
    try:
        withdraw_interest(
            interest=interest, reason=request.POST.get("reason", "")[:300], by=actor_of(request)
        )
    except Refused as refused:
        for reason in refused.verdict.refusals():
            messages.error(request, in_words(reason))
    else:
        messages.success(request, _("Le déport est levé."))
    return redirect(reverse("call_interests", args=[call.code]))
