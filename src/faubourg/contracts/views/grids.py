"""The shared grid: built, read, published to communes and groups, changed by its next version."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms.grids import GridNameForm, PublishForm, questions_form, questions_of
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, DiagnosisGrid
from faubourg.contracts.queries.diagnoses import communes_to_ask, groups_to_ask
from faubourg.contracts.services import grids
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from .finding import asked_contract
from .people import actor_of, in_words


def asked_grid(contract: Contract, pk: int) -> DiagnosisGrid:
    """The grid of this contract; 404 otherwise."""
    found = contract.grids.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cette grille n’est pas de ce contrat."))
    found.contract = contract
    return found


@require_POST
def grid_new(request: HttpRequest, code: str) -> HttpResponse:
    """A first grid, from the model, to be changed at will."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    name = request.POST.get("name", "").strip()[:200] or _("Grille de diagnostic")
    try:
        made = grids.new_grid(contract=contract, name=name, by=actor_of(request))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
        return redirect(contract_url(contract, "contract_diagnoses"))
    return redirect(contract_url(contract, "grid", made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/diagnostics/grilles/<id>/`: its questions; a form until it is published."""
    contract = asked_contract(request, code)
    require(access.can_read_workings(request.user, contract))
    found = asked_grid(contract, pk)
    may_write = access.can_write_workings(request.user, contract)
    if found.published_on or not may_write.ok:
        if request.method == "POST":
            require(may_write)
            messages.error(
                request, _("Cette grille est publiée : elle ne change plus. Ouvrez sa version suivante.")
            )
        return _read_page(request, found, may_write)
    return _edit(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def grid_publish(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Who is asked and for when; once published, others may still be asked."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    found = asked_grid(contract, pk)
    communes, groups = communes_to_ask(contract), groups_to_ask(contract)
    start = {"communes": [c.pk for c in communes], "bodies": [g.pk for g in groups]}
    sent = request.POST if request.method == "POST" else None
    form = PublishForm(sent, initial=start, communes=communes, groups=groups)
    if sent is not None and form.is_valid():
        try:
            made = grids.publish_grid(
                grid=found,
                communes=form.cleaned_data["communes"],
                bodies=form.cleaned_data.get("bodies", ()),
                due_communes=form.due("communes"),
                due_groups=form.due("groups"),
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"communes": "communes"})
        else:
            told = ngettext("{n} diagnostic est demandé.", "{n} diagnostics sont demandés.", len(made))
            messages.success(request, told.format(n=len(made)))
            return redirect(contract_url(contract, "contract_diagnoses"))
    context = {
        "contract": contract,
        "grid": found,
        "form": form,
        "cancel_url": contract_url(contract, "grid", pk),
        "board_url": contract_url(contract, "contract_diagnoses"),
        "submit_label": _("Publier et demander"),
    }
    return render(
        request, "contracts/project/grid_publish.html", context, status=200 if sent is None else 422
    )


@require_POST
def grid_next(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The draft of the next version, with the same questions."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    try:
        made = grids.next_version(grid=asked_grid(contract, pk), by=actor_of(request))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
        return redirect(contract_url(contract, "grid", pk))
    return redirect(contract_url(contract, "grid", made.pk))


def _edit(request: HttpRequest, found: DiagnosisGrid) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    name = GridNameForm(sent, initial={"name": found.name, "version": found.version})
    questions, theirs = questions_form(found, sent), None
    if sent is not None and name.is_valid() and questions.is_valid():
        try:
            grids.save_grid(
                grid=found,
                name=name.cleaned_data["name"],
                questions=questions_of(questions),
                base_version=name.cleaned_data["version"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(name, refused, {})
        except Conflict:
            theirs = DiagnosisGrid.objects.get(pk=found.pk)
            data: Any = sent.copy()
            data["version"] = str(theirs.version)
            name = GridNameForm(data)
        else:
            forget_draft(request, f"grid:{found.pk}")
            messages.success(request, _("La grille est enregistrée."))
            return redirect(contract_url(found.contract, "grid", found.pk))
    return _edit_page(request, found, name, questions, theirs)


def _edit_page(
    request: HttpRequest,
    found: DiagnosisGrid,
    name: GridNameForm,
    questions: Any,
    theirs: DiagnosisGrid | None,
) -> HttpResponse:
    context = {
        "contract": found.contract,
        "grid": found,
        "name": name,
        "questions": questions,
        "theirs": theirs.questions.order_by("order") if theirs else (),
        "draft_key": f"grid:{found.pk}",
        "draft_version": found.version,
        "board_url": contract_url(found.contract, "contract_diagnoses"),
    }
    status = 409 if theirs else 422 if name.is_bound else 200
    return render(request, "contracts/project/grid_form.html", context, status=status)


def _read_page(request: HttpRequest, found: DiagnosisGrid, may_write: Any) -> HttpResponse:
    context = {
        "contract": found.contract,
        "grid": found,
        "questions": list(found.questions.order_by("order")),
        "may_write": may_write,
        "newer": DiagnosisGrid.objects.filter(supersedes=found).first(),
        "board_url": contract_url(found.contract, "contract_diagnoses"),
    }
    return render(
        request, "contracts/project/grid.html", context, status=409 if request.method == "POST" else 200
    )
