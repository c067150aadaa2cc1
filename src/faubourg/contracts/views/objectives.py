"""The objectives of a contract: the tree, one that is written, moved, withdrawn, and how it is measured."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.backends.utils import csrf_input
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms.objectives import ObjectiveForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.queries.objectives import stakes_of, tree_of
from faubourg.contracts.services import objectives
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.objective_tree import below

from .conflict import again, both_of
from .finding import asked_contract, tidy_address
from .objective_tree import tree_shown
from .people import actor_of, in_words
from .project_pages import project_form

FIELDS = {"parent": "parent"}


def asked_objective(contract: Contract, pk: int) -> Objective:
    """The objective of this contract; 404 otherwise."""
    found = contract.objectives.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cet objectif n’est pas, ou n’est plus, dans ce contrat."))
    found.contract = contract
    return found


@require_safe
def contract_objectives(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/objectifs/`"""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    lines = tree_of(found)
    context = {
        "contract": found,
        "lines": tree_shown(found, [line for line in lines if not line.objective.withdrawn_on]),
        "withdrawn": [line.objective for line in lines if line.objective.withdrawn_on],
        "csrf_field": csrf_input(request),
        "stakes": stakes_of(found),
        "may_write": access.can_write_workings(request.user, found),
    }
    return render(request, "contracts/project/objectives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_add(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/objectifs/ajouter/?sous=<id>`: an axis, or what hangs under an objective."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    under = whole_number(request.GET.get("sous", ""))
    parent = asked_objective(contract, under) if under else None
    form = ObjectiveForm(request.POST if request.method == "POST" else None, contract=contract)
    key = f"objective-new:{contract.pk}:{parent.pk if parent else ''}"
    if request.method == "POST" and form.is_valid():
        try:
            objectives.add_objective(contract=contract, parent=parent, by=actor_of(request), **form.changes())
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            forget_draft(request, key)
            messages.success(request, _("C’est ajouté aux objectifs du contrat."))
            return redirect(contract_url(contract, "contract_objectives"))
    rank = below(parent.rank if parent else None) or Objective.Rank.OPERATIONAL
    return _form_page(request, contract, form, key, rank=Objective.Rank(rank).label, parent=parent)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/objectifs/<id>/modifier/`"""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    objective = asked_objective(contract, pk)
    form = ObjectiveForm(
        request.POST if request.method == "POST" else None,
        initial=ObjectiveForm.values_of(objective),
        contract=contract,
        objective=objective,
    )
    key, both, status = f"objective:{objective.pk}", [], 200
    if request.method == "POST" and form.is_valid():
        try:
            objectives.edit_objective(
                objective=objective,
                changes=form.changes(),
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            saved = asked_objective(contract, pk)
            both, status = both_of(form, ObjectiveForm.values_of(saved)), 409
            form = ObjectiveForm(again(form, saved.version), contract=contract, objective=saved)
        else:
            forget_draft(request, key)
            messages.success(request, _("L’objectif est enregistré."))
            return redirect(contract_url(contract, "contract_objectives") + f"#objectif-{pk}")
    rank = objective.get_rank_display()
    return _form_page(request, contract, form, key, rank=rank, objective=objective, both=both, status=status)


@require_POST
def objective_act(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Up, down, withdraw or take up again, then back to the tree."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    objective, by = asked_objective(contract, pk), actor_of(request)
    act = request.POST.get("act", "")
    back = contract_url(contract, "contract_objectives")
    try:
        if act in ("up", "down"):
            objectives.move_objective(objective=objective, step=-1 if act == "up" else 1, by=by)
            back += f"#objectif-{pk}"
        elif act == "withdraw":
            reason = request.POST.get("reason", "").strip()[:300]
            kept = objectives.withdraw_objective(objective=objective, by=by, reason=reason)
            messages.success(request, _("L’objectif est retiré.") if kept else _("L’objectif est supprimé."))
        elif act == "restore":
            objectives.restore_objective(objective=objective, by=by)
            messages.success(request, _("L’objectif est repris."))
        else:
            messages.error(request, _("Ce geste n’existe pas."))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
    return redirect(back)


def _form_page(
    request: HttpRequest, contract: Contract, form: ObjectiveForm, key: str, **context: Any
) -> HttpResponse:
    back = contract_url(contract, "contract_objectives")
    return project_form(request, "objective", contract, form, draft_key=key, cancel_url=back, **context)
