"""A call is prepared and written: an autosaved form, other versions of its rules, the acts of its circuit."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.people.models import Person
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.calls.circuits import CALL
from faubourg.rules.verdict import Verdict

from ..access import can_create_calls, can_run_call
from ..forms.calls import ActForm, CallForm, RulesForm
from ..listings import call_url
from ..models import Call
from ..queries.calls import DRAFTS
from ..queries.creation import choices_for, newer_versions
from ..services import calls as services
from .finding import actor_of, asked_call

NEW = "call-new:new"


def run_call(request: HttpRequest, code: str) -> Call:
    """The call of this code that this person runs."""
    found = asked_call(request, code)
    require(can_run_call(request.user, found))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest) -> HttpResponse:
    """`/appels/nouveau/`"""
    require(can_create_calls(request.user))
    choices = choices_for(request.user)
    if request.method != "POST":
        return _form_page(request, CallForm(choices=choices, initial=_start(request, choices)), key=NEW)
    form = CallForm(request.POST, choices=choices)
    if not form.is_valid():
        return _form_page(request, form, key=NEW, status=422)
    made = services.create_call(fields=form.cleaned_data, by=actor_of(request))
    forget_draft(request, NEW)
    messages.success(request, _("L’appel est un brouillon : ajoutez ses financeurs, puis faites-le relire."))
    return redirect(call_url(made, "call_run"))


@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/modifier/`: once published, the words only."""
    found = run_call(request, code)
    fixed = found.state not in DRAFTS
    # What the call already has stays among the choices, also for whoever has no role there.
    choices = {} if fixed else _with_own(choices_for(request.user), found)
    key, start = f"call:{found.code}", CallForm.values_of(found)
    if request.method != "POST":
        form = CallForm(choices=choices, fixed=fixed, initial=start)
        return _form_page(request, form, key=key, call=found)
    form = CallForm(request.POST, choices=choices, fixed=fixed)
    if not form.is_valid():
        return _form_page(request, form, key=key, call=found, status=422)
    try:
        services.write_call(
            call=found,
            fields=form.cleaned_data,
            base_version=form.cleaned_data["version"] or 0,
            by=actor_of(request),
        )
    except Conflict:
        return _conflict(request, found, form, key)
    forget_draft(request, key)
    messages.success(request, _("L’appel est enregistré."))
    return redirect(call_url(found, "call_run"))


@require_http_methods(["GET", "HEAD", "POST"])
def call_rules(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/regles/`: a later version of the same rules, with why."""
    found = run_call(request, code)
    form = RulesForm(request.POST if request.method == "POST" else None, newer=newer_versions(found))
    if form.is_bound and form.is_valid():
        try:
            services.change_rules(call=found, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            tell(form, refused.verdict)
        else:
            messages.success(
                request, _("L’appel suit cette version ; ce qui a déjà été jugé garde la sienne.")
            )
            return redirect(call_url(found, "call_run"))
    context = {
        "call": found,
        "form": form,
        "heading": _("Changer de version des règles"),
        "lead": _("Pour prolonger une fenêtre : faites une nouvelle version du jeu de règles, publiez-la."),
        "cancel_url": call_url(found, "call_run"),
    }
    return render(request, "calls/step.html", context, status=422 if form.is_bound else 200)


@require_POST
def call_act(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/etape/`: one act of the circuit."""
    found = run_call(request, code)
    form = ActForm(request.POST)
    known = {transition.act for transition in CALL.transitions if not transition.follows} - {"create"}
    if not form.is_valid() or form.cleaned_data["act"] not in known:
        messages.error(request, _("Cette étape n’existe pas : choisissez-en une sur cette page."))
        return redirect(call_url(found, "call_run"))
    try:
        services.act_on_call(
            call=found,
            doing=form.cleaned_data["act"],
            note=form.cleaned_data["note"],
            base_version=form.cleaned_data["version"],
            by=actor_of(request),
        )
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    except Conflict:
        messages.error(request, _("Quelqu’un a modifié cet appel entre-temps : voici où il en est."))
    else:
        messages.success(request, _("C’est fait, et inscrit au journal de l’appel."))
    return redirect(call_url(found, "call_run"))


def tell(form: Any, verdict: Verdict) -> None:
    """Each reason beside its field."""
    for reason in verdict.refusals():
        form.add_error(reason.code if reason.code in form.fields else None, in_words(reason))


def _start(request: HttpRequest, choices: dict[str, Any]) -> dict[str, Any]:
    """The organisation of whoever writes, when it can lead; their only contract."""
    person = cast(Person, request.user)
    own = choices["lead"].filter(memberships__person=person).first()
    contracts = list(choices["contracts"].filter(generation="2024-2030")[:2])
    return {"lead": own, "contracts": contracts if len(contracts) == 1 else ()}


def _with_own(choices: dict[str, Any], call: Call) -> dict[str, Any]:
    own: dict[str, list[Any]] = {
        "lead": [call.lead_id],
        "territory": [call.territory_id],
        "rule_set": [call.rule_set_id],
    }
    own["contracts"] = [contract.pk for contract in call.contracts.all()]
    return {
        name: queryset.model.objects.filter(pk__in=[*queryset.values_list("pk", flat=True), *own[name]])
        for name, queryset in choices.items()
    }


def _conflict(request: HttpRequest, found: Call, form: CallForm, key: str) -> HttpResponse:
    """Both texts side by side; sending again, with the new version, is a choice and no accident."""
    found.refresh_from_db()
    theirs = CallForm.values_of(found)
    data = {**form.data.dict(), "contracts": form.data.getlist("contracts")}  # type: ignore[attr-defined]
    both = [
        {"label": field.label, "mine": data.get(name, ""), "theirs": str(theirs[name] or "")}
        for name, field in form.fields.items()
        if name != "version" and name in form.changed_data and str(theirs[name] or "") != data.get(name, "")
    ]
    data["version"] = str(found.version)
    form.data = data
    return _form_page(request, form, key=key, call=found, both=both, status=409)


def _form_page(
    request: HttpRequest,
    form: CallForm,
    *,
    key: str,
    call: Call | None = None,
    both: Any = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "heading": _("Modifier l’appel") if call else _("Nouvel appel à projets"),
        "lead": ""
        if call
        else _("Un brouillon, que les partenaires relisent. Tout se modifie jusqu’à la publication."),
        "both": both,
        "draft_key": key,
        "draft_version": call.version if call else 0,
        "cancel_url": call_url(call, "call_run") if call else "",
        "submit_label": _("Enregistrer") if call else _("Préparer cet appel"),
    }
    return render(request, "calls/step.html", context, status=status)
