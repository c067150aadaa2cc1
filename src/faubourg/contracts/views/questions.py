"""The right to question: the public tracker of a contract, and each difficulty with its dates."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.contracts.access import questions as access
from faubourg.contracts.forms.questions import SendBackForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Interpellation
from faubourg.contracts.queries.questions import (
    public_questions,
    question_of,
    questions_of,
    unread_questions,
)
from faubourg.contracts.questions_listing import QUESTIONS
from faubourg.contracts.services import questions as services
from faubourg.people.models import Person
from faubourg.rules.interpellation import BY_ACT, TRANSITIONS, State, next_act

from .finding import asked_contract, tidy_address
from .people import actor_of, in_words


def asked_question(request: HttpRequest, code: str, pk: int) -> Interpellation:
    """The difficulty of this number in this contract; 404 that helps otherwise."""
    found = question_of(asked_contract(request, code), pk)
    if found is None:
        raise Http404(_("Ce contrat n’a pas d’interpellation de ce numéro."))
    return found


@require_safe
def contract_questions(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/interpellations/`: public; what waits to be read is shown to who reads it."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    follows = access.can_follow_questions(request.user, contract).ok
    mine = questions_of(contract, request.user.ref) if isinstance(request.user, Person) else []
    context = {
        "contract": contract,
        "unread": told(unread_questions(contract), contract) if follows else [],
        "mine": told(mine, contract),
        "contract_url": contract_url(contract),
        "submit_url": contract_url(contract, "contract_question_submit"),
    }
    queryset = public_questions(contract).select_related("contract", "neighbourhood")
    return QUESTIONS.respond(request, queryset, "contracts/questions.html", context)


def told(found: Any, contract: Contract) -> list[tuple[Interpellation, str]]:
    """Each with its address."""
    return [(question, contract_url(contract, "contract_question", question.pk)) for question in found]


@require_safe
def contract_question(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One difficulty: what is told, by which council or group, each step with its day, the answer."""
    if moved := tidy_address(request, code):
        return moved
    question = asked_question(request, code, pk)
    require(access.can_read_question(request.user, question))
    contract = question.contract
    steps = list(question.steps.all())
    reached = {step.state for step in steps}
    act = next_act(State(question.state))
    context = {
        "contract": contract,
        "question": question,
        "steps": steps,
        "to_come": [
            Interpellation.State(transition.target.value).label
            for transition in TRANSITIONS
            if transition.target.value not in reached
        ],
        "next_name": _(BY_ACT[act].name) if act else "",
        "may_follow": access.can_follow_questions(request.user, contract),
        "may_amend": access.can_amend_question(request.user, question),
        "urls": {
            name: contract_url(contract, f"contract_question_{name}", pk)
            for name in ("amend", "publish", "send_back", "step")
        }
        | {"contract": contract_url(contract), "questions": contract_url(contract, "contract_questions")},
    }
    return render(request, "contracts/question.html", context)


@require_POST
def contract_question_publish(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """It was read: everybody may follow it."""
    question = asked_question(request, code, pk)
    require(access.can_follow_questions(request.user, question.contract))
    try:
        services.publish_question(question=question, by=actor_of(request))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    else:
        messages.success(request, _("La difficulté est publique ; l’étape suivante est de la transmettre."))
    return redirect(contract_url(question.contract, "contract_question", pk))


@require_POST
def contract_question_send_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Back to its author, with what to correct."""
    question = asked_question(request, code, pk)
    require(access.can_follow_questions(request.user, question.contract))
    form = SendBackForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        services.send_back_question(question=question, reason=reason, by=actor_of(request))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    else:
        messages.success(request, _("La difficulté est renvoyée à son auteur, avec votre motif."))
    return redirect(contract_url(question.contract, "contract_question", pk))
