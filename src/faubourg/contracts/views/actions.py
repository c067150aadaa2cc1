"""Actions: the list of a contract, one action and its thread, its form, its states, its diary."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.action_listing import action_listing
from faubourg.contracts.forms.actions import ActionForm, NoteForm, StateForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Action, Contract
from faubourg.contracts.queries.actions import action_by_id, actions_of, lines_of_plan, thread_of_action
from faubourg.contracts.services import actions
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.action_states import transitions_from

from .conflict import again, both_of
from .finding import asked_contract, tidy_address
from .people import actor_of, in_words
from .project_pages import project_form

FIELDS = {"objective": "objective", "ends_on": "ends_on", "text": "text"}


def asked_action(pk: int) -> Action:
    """The action with its contract; 404 otherwise."""
    found = action_by_id(pk)
    if found is None:
        raise Http404(_("Cette action n’existe pas, ou n’existe plus."))
    return found


@require_safe
def contract_actions(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/actions/`"""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    context = {
        "contract": contract,
        "may_propose": access.can_propose_action(request.user, contract),
        "urls": {
            name: contract_url(contract, name) for name in ("contract", "action_add", "contract_coverage")
        },
    }
    listing = action_listing(contract)
    return listing.respond(request, actions_of(contract), "contracts/project/actions.html", context)


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """`/actions/<id>/`: what it serves, where, with whom, its money by level, its diary."""
    found = asked_action(pk)
    reads = access.can_read_workings(request.user, found.contract)
    may_write = access.can_write_workings(request.user, found.contract)
    may_note = may_write if may_write.ok else access.can_propose_action(request.user, found.contract)
    context = {
        "action": found,
        "contract": found.contract,
        "thread": thread_of_action(found),
        "partners_printed": found.partners_printed.replace(" ; ", ", "),
        "reads": reads,
        "may_write": may_write,
        "may_note": may_note,
        "transitions": transitions_from(found.state) if may_write.ok else (),
        "history": history_of(actions.KIND, str(pk)) if reads.ok else [],
        "note_form": NoteForm() if may_note.ok else None,
    }
    return render(request, "contracts/project/action.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def action_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/actions/ajouter/?objectif=<id>&quartier=<code>`"""
    contract = asked_contract(request, code)
    require(access.can_propose_action(request.user, contract))
    start = {"objective": request.GET.get("objectif", "")}
    if place := request.GET.get("quartier", ""):
        held = contract.neighbourhood_links.filter(neighbourhood__code=place[:40], rejected=False)
        start["neighbourhoods"] = list(held.values_list("neighbourhood", flat=True))  # type: ignore[assignment]
    form = ActionForm(request.POST if request.method == "POST" else None, initial=start, contract=contract)
    key = f"action-new:{contract.pk}"
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_action(contract=contract, by=actor_of(request), **form.changes())
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            forget_draft(request, key)
            messages.success(request, _("L’action est proposée."))
            return redirect("action", made.pk)
    back = contract_url(contract, "contract_actions")
    return _form_page(request, contract, form, draft_key=key, cancel_url=back)


@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/actions/<id>/modifier/`"""
    found = asked_action(pk)
    require(access.can_write_workings(request.user, found.contract))
    make = partial(ActionForm, contract=found.contract, action=found)
    form = make(request.POST if request.method == "POST" else None, initial=ActionForm.values_of(found))
    key, both, status = f"action:{pk}", [], 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_action(
                action=found,
                changes=form.changes(),
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            saved = asked_action(pk)
            both, status = both_of(form, ActionForm.values_of(saved)), 409
            form = make(again(form, saved.version))
        else:
            forget_draft(request, key)
            messages.success(request, _("L’action est enregistrée."))
            return redirect("action", pk)
    back = reverse("action", args=[pk])
    return _form_page(
        request, found.contract, form, draft_key=key, cancel_url=back, action=found, both=both, status=status
    )


@require_POST
def action_state(request: HttpRequest, pk: int) -> HttpResponse:
    """`/actions/<id>/etat/`: along the table of states, then back to the action."""
    found = asked_action(pk)
    require(access.can_write_workings(request.user, found.contract))
    form = StateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cet état n’existe pas."))
        return redirect("action", pk)
    try:
        actions.change_state(action=found, by=actor_of(request), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    else:
        messages.success(request, _("L’état de l’action est enregistré."))
    return redirect("action", pk)


@require_POST
def action_note(request: HttpRequest, pk: int) -> HttpResponse:
    """`/actions/<id>/notes/`: a line in the diary; a text that is refused stays in the field."""
    found = asked_action(pk)
    require(access.can_propose_action(request.user, found.contract))
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.add_note(action=found, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(reverse("action", args=[pk]) + "#carnet")
    context = {
        "action": found,
        "contract": found.contract,
        "form": form,
        "cancel_url": reverse("action", args=[pk]),
    }
    return render(request, "contracts/project/note_form.html", context, status=422)


def _form_page(request: HttpRequest, contract: Contract, form: ActionForm, **context: Any) -> HttpResponse:
    back = contract_url(contract, "contract_actions")
    lines = lines_of_plan(contract)
    return project_form(request, "action", contract, form, actions_url=back, lines=lines, **context)
