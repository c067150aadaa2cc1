"""Writing a calendar: a phase, a milestone, a deliverable added, changed, removed; the planned days."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused, require
from faubourg.contracts import access, queries
from faubourg.contracts.forms import DatesForm, DeliverableForm, MilestoneForm, PhaseForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.services import deliverables, filling, phases

from .finding import asked_contract
from .people import actor_of, in_words
from .saving import StepPage, answer, sent

PHASES, MILESTONES, DELIVERABLES = "phases", "jalons", "livrables"


def _form_of(kind: str, contract: Contract, row: Any, data: Any) -> Any:
    """The form of one kind, starting from the row when there is one."""
    if kind == PHASES:
        return PhaseForm(data, initial=PhaseForm.values_of(row) if row else None)
    if kind == MILESTONES:
        start = MilestoneForm.values_of(row) if row else None
        return MilestoneForm(data, initial=start, contract=contract)
    communes = list(filling.ground_of(contract).communes)
    start = DeliverableForm.values_of(row) if row else None
    return DeliverableForm(data, initial=start, contract=contract, communes=communes, several=row is None)


def _row(kind: str, contract: Contract, pk: int) -> Any:
    rows: dict[str, Callable[[], Any]] = {
        PHASES: lambda: contract.phases.filter(pk=pk).first(),
        MILESTONES: lambda: contract.milestones.filter(pk=pk).first(),
        DELIVERABLES: lambda: queries.deliverable_of(contract, pk),
    }
    return rows[kind]()


@require_http_methods(["GET", "HEAD", "POST"])
def contract_calendar_add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """`/contrats/<code>/calendrier/<kind>/ajouter/`"""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    form = _form_of(kind, found, None, sent(request))

    def write() -> object:
        given, by = form.cleaned_data, actor_of(request)
        if kind == PHASES:
            return phases.add_phase(contract=found, given=form.given(), by=by)
        if kind == MILESTONES:
            return phases.add_milestone(
                contract=found,
                name=given["name"],
                phase=given["phase"],
                due=form.due(),
                note=given["note"],
                by=by,
            )
        return deliverables.add_deliverables(
            contract=found,
            name=given["name"],
            phase=given["phase"],
            due=form.due(),
            owners=form.owed(),
            follower=form.follower(),
            by=by,
        )

    heading = {
        PHASES: _("Ajouter une phase"),
        MILESTONES: _("Ajouter un jalon"),
        DELIVERABLES: _("Ajouter un livrable"),
    }[kind]
    page = StepPage(
        contract=found, heading=heading, back=_back(found, kind), done=_("C’est ajouté."), submit=_("Ajouter")
    )
    return answer(request, form, write, page)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_calendar_edit(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/calendrier/<kind>/<pk>/`"""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    row = _asked(kind, found, pk)
    form = _form_of(kind, found, row, sent(request))
    page = StepPage(
        contract=found,
        heading=_("Modifier « %(name)s »") % {"name": _(row.name)},
        back=contract_url(found, "contract_deliverable", pk) if kind == DELIVERABLES else _back(found, kind),
        done=_("C’est enregistré."),
        remove=contract_url(found, "contract_calendar_remove", kind, pk),
        theirs=lambda: _values(kind, _row(kind, found, pk)),
    )
    return answer(request, form, lambda: _revise(request, kind, row, form), page)


def _revise(request: HttpRequest, kind: str, row: Any, form: Any) -> object:
    given, by = form.cleaned_data, actor_of(request)
    if kind == PHASES:
        return phases.revise_phase(phase=row, given=form.given(), base_version=form.base_version, by=by)
    common = {"name": given["name"], "phase": given["phase"], "due": form.due()}
    if kind == MILESTONES:
        return phases.revise_milestone(
            milestone=row, note=given["note"], reached_on=given["reached_on"],
            base_version=form.base_version, by=by, **common,
        )  # fmt: skip
    [owner] = form.owed()
    return deliverables.revise_deliverable(
        deliverable=row, owner=owner, follower=form.follower(), base_version=form.base_version, by=by,
        **common,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def contract_calendar_remove(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/calendrier/<kind>/<pk>/supprimer/`: asked first, told to the journal."""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    row = _asked(kind, found, pk)
    if request.method != "POST":
        edit = contract_url(found, "contract_calendar_edit", kind, pk)
        context = {
            "contract": found,
            "row": row,
            "kind": kind,
            "back": edit,
            "contract_url": contract_url(found),
        }
        return render(request, "contracts/calendar_remove.html", context)
    by = actor_of(request)
    try:
        if kind == PHASES:
            phases.remove_phase(phase=row, by=by)
        elif kind == MILESTONES:
            phases.remove_milestone(milestone=row, by=by)
        else:
            deliverables.remove_deliverable(deliverable=row, by=by)
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
        return redirect(contract_url(found, "contract_deliverable", pk))
    messages.success(request, _("« %(name)s » est supprimé.") % {"name": _(row.name)})
    return redirect(_back(found, kind))


@require_http_methods(["GET", "HEAD", "POST"])
def contract_dates(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/calendrier/dates/`: planned signature, entry into force, end."""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    form = DatesForm(sent(request), initial=DatesForm.values_of(found))
    page = StepPage(
        contract=found,
        heading=_("Les dates du contrat"),
        lead=_("La signature elle-même s’enregistre avec les signataires."),
        back=contract_url(found, "contract_schedule"),
        done=_("Les dates sont enregistrées."),
        theirs=lambda: DatesForm.values_of(asked_contract(request, code)),
    )

    def write() -> object:
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        return phases.plan_contract(
            contract=found, base_version=form.base_version, by=actor_of(request), **given
        )

    return answer(request, form, write, page)


def _asked(kind: str, contract: Contract, pk: int) -> Any:
    row = _row(kind, contract, pk)
    if row is None:
        raise Http404(_("Cet élément n’existe pas, ou plus, dans ce calendrier."))
    return row


def _values(kind: str, row: Any) -> dict[str, Any] | None:
    forms: dict[str, Any] = {PHASES: PhaseForm, MILESTONES: MilestoneForm, DELIVERABLES: DeliverableForm}
    return forms[kind].values_of(row) if row else None


def _back(contract: Contract, kind: str) -> str:
    anchor = "livrables" if kind == DELIVERABLES else "etapes"
    return f"{contract_url(contract, 'contract_schedule')}#{anchor}"
