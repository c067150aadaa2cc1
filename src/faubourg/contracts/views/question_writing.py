"""Submitting a difficulty, correcting it, taking its next step: forms, autosaved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.access import questions as access
from faubourg.contracts.forms.questions import DifficultyForm, StepForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Interpellation
from faubourg.contracts.services import questions as services
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.interpellation import BY_ACT, Needs, State, next_act

from .finding import asked_contract
from .people import actor_of
from .questions import asked_question
from .steering import sent

DIFFICULTY_FIELDS = {"question_again": "title"}
STEP_FIELDS = {"question_day": "on"} | {
    f"question_{needs.value}": "meeting" if needs is Needs.MEETING else "words" for needs in Needs if needs
}


def _page(
    request: HttpRequest, contract: Contract, form: forms.Form, *, key: str, more: Any, status: int = 0
) -> HttpResponse:
    told = status or (422 if form.is_bound and form.errors else 200)
    context = {
        "contract": contract,
        "form": form,
        "draft_key": key,
        "draft_version": form["version"].value() or 0,
        "contract_url": contract_url(contract),
        "questions_url": contract_url(contract, "contract_questions"),
        **more,
    }
    context.setdefault("cancel_url", context["questions_url"])
    return render(request, "contracts/question_form.html", context, status=told)


def _done(request: HttpRequest, question: Interpellation, key: str, sentence: str) -> HttpResponse:
    forget_draft(request, key)
    messages.success(request, sentence)
    return redirect(contract_url(question.contract, "contract_question", question.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def contract_question_submit(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a difficulty for a council or a group; public at once when who follows the contract types it."""
    contract = asked_contract(request, code)
    require(access.can_submit_question(request.user))
    follows = bool(access.can_follow_questions(request.user, contract).ok)
    form = DifficultyForm(sent(request), contract=contract)
    key = f"question-new:{contract.pk}"
    if request.method == "POST" and form.is_valid():
        try:
            question = services.submit_question(
                contract=contract, told=form.told(), by=actor_of(request), read_already=follows
            )
        except Refused as refused:
            show_refusal(form, refused, DIFFICULTY_FIELDS)
        else:
            public = _("La difficulté est déposée et publique.")
            waits = _("La difficulté est déposée. L’équipe du contrat la relit, puis elle est publique.")
            return _done(request, question, key, public if follows else waits)
    lead = _(
        "Pour un conseil citoyen ou un groupe d’habitants. Elle est transmise au maire, à l’intercommunalité "
        "et aux signataires ; chaque étape est datée et publique, jusqu’à la réponse."
    )
    more = {"title": _("Signaler une difficulté"), "lead": lead, "submit_label": _("Déposer")}
    return _page(request, contract, form, key=key, more=more)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_question_amend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Its author corrects what was sent back."""
    question = asked_question(request, code, pk)
    require(access.can_amend_question(request.user, question))
    form = DifficultyForm(
        sent(request), contract=question.contract, initial=DifficultyForm.values_of(question)
    )
    key = f"question:{pk}"
    more = {
        "title": _("Corriger la difficulté"),
        "lead": _("À corriger : %(reason)s") % {"reason": question.sent_back_reason},
        "submit_label": _("Déposer de nouveau"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.amend_question(
                question=question,
                told=form.told(),
                base_version=form.cleaned_data["version"] or 0,
                by=actor_of(request),
            )
        except Conflict:
            form.add_error(None, _("Elle a changé entre-temps : relisez-la. Votre texte est gardé ici."))
            return _page(request, question.contract, form, key=key, more=more, status=409)
        except Refused as refused:
            show_refusal(form, refused, DIFFICULTY_FIELDS)
        else:
            return _done(request, question, key, _("La difficulté corrigée est déposée de nouveau."))
    return _page(request, question.contract, form, key=key, more=more)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_question_step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The one step that comes next, with its day and what it must say."""
    question = asked_question(request, code, pk)
    require(access.can_follow_questions(request.user, question.contract))
    back = contract_url(question.contract, "contract_question", pk)
    act = next_act(State(question.state))
    if act is None:
        messages.info(request, _("Cette difficulté a reçu sa réponse : son chemin est fini."))
        return redirect(back)
    form = StepForm(sent(request), question=question, act=act)
    key = f"question-step:{pk}:{act.value}"
    more = {"title": _(BY_ACT[act].name), "lead": question.title, "cancel_url": back}
    if request.method == "POST" and form.is_valid():
        try:
            services.take_step(
                question=question,
                act=act,
                step=form.step(),
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Conflict:
            form.add_error(None, _("Quelqu’un a avancé cette difficulté entre-temps : relisez-la."))
            return _page(request, question.contract, form, key=key, more=more, status=409)
        except Refused as refused:
            show_refusal(form, refused, STEP_FIELDS)
        else:
            return _done(request, question, key, _("L’étape est enregistrée et datée."))
    return _page(request, question.contract, form, key=key, more=more)
