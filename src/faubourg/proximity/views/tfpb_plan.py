"""The plan of a landlord, action by action; what each cost in a year, and what proves it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.views.kept import handed
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.proximity.tfpb import AXIS_NAMES, Axis, judge_evidence

from ..access.tfpb import can_read_tfpb, can_write_tfpb
from ..forms.tfpb import ActionForm, LineForm, ProofForm
from ..models import TfpbAction, TfpbAgreement, TfpbEvidence, TfpbLine
from ..queries.tfpb import lines_with_proof
from ..queries.tfpb import told as as_action
from ..queries.tfpb_review import closed_reports
from ..services import tfpb_plan, tfpb_spending
from ..services import tfpb_proof as proofs
from .finding import actor_of
from .tfpb_pages import asked_tfpb, form_page, written_tfpb
from .walk_pages import answer, sent, told

READ = ["GET", "HEAD", "POST"]
MOST_OFFERED = 200


@require_http_methods(READ)
def tfpb_action_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/<pk>/actions/nouvelle/`"""
    return _action(request, written_tfpb(request, pk), None)


@require_http_methods(READ)
def tfpb_action(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/actions/<pk>/`"""
    row = _asked_action(pk)
    return _action(request, written_tfpb(request, row.agreement_id), row)


def _asked_action(pk: int) -> TfpbAction:
    found = TfpbAction.objects.prefetch_related("lines__year", "neighbourhoods").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cette action n’est pas, ou plus, dans un plan."))
    return found


def _action(request: HttpRequest, agreement: TfpbAgreement, row: TfpbAction | None) -> HttpResponse:
    years = sorted(agreement.years.all(), key=lambda one: one.year)
    start = ActionForm.values_of(row) if row else {}
    form = ActionForm(sent(request), initial=start, agreement=agreement, years=years)
    page = form_page(
        agreement,
        heading=_("Modifier l’action") if row else _("Ajouter une action au plan"),
        lead=_(
            "Ce que l’action coûtera chaque année ; ce qui dépasse la gestion ordinaire se dira au bilan."
        ),
        done=_("L’action est dans le plan."),
        key=f"tfpb-action:{agreement.pk}:{row.pk if row else 'new'}",
        theirs=lambda: ActionForm.values_of(_asked_action(row.pk)) if row else {},
        fields={"planned": f"year_{years[0].year}"},
        row=row,
    )
    return answer(
        request,
        form,
        lambda: tfpb_plan.write_action(
            agreement=agreement,
            action=row,
            words=form.words(),
            base_version=form.base_version if row else None,
            by=actor_of(request),
        ),
        page,
    )


@require_POST
def tfpb_action_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/actions/<pk>/retirer/`: while the plan is a project."""
    row = _asked_action(pk)
    agreement = written_tfpb(request, row.agreement_id)
    told(
        request,
        lambda: tfpb_plan.remove_action(action=row, by=actor_of(request)),
        _("L’action est retirée du plan."),
    )
    return redirect("tfpb", agreement.pk)


def _asked_line(pk: int) -> tuple[TfpbAgreement, TfpbLine]:
    row = lines_with_proof().filter(pk=pk).first()
    if row is None:
        raise Http404(_("Cette ligne n’est pas, ou plus, dans un plan."))
    agreement = asked_tfpb(row.action.agreement_id)
    row.action.agreement = row.year.agreement = agreement
    return agreement, row


@require_http_methods(READ)
def tfpb_line(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/lignes/<pk>/`: what an action cost in a year; its landlord writes it."""
    agreement, row = _asked_line(pk)
    writes = can_write_tfpb(request.user, agreement)
    require(writes if request.method == "POST" else can_read_tfpb(request.user, agreement))
    form = LineForm(sent(request), initial=LineForm.values_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            tfpb_spending.write_line(
                line=row, spent=form.spent(), base_version=form.base_version, by=actor_of(request)
            )
        except Refused as refused:
            show_refusal(form, refused, {"tfpb-valued": "valued", "tfpb-amounts": "cost", "cost": "cost"})
        except Conflict:
            form.add_error(
                None, _("Cette ligne a changé entre-temps : relisez-la, vos montants sont gardés ici.")
            )
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["version"] = str(_asked_line(pk)[1].version)  # type: ignore[index]
        else:
            messages.success(request, _("Les montants sont enregistrés."))
            return redirect("tfpb_line", row.pk)
    return _line_page(request, agreement, row, form, None)


def _line_page(
    request: HttpRequest, agreement: TfpbAgreement, row: TfpbLine, form: LineForm, proof: ProofForm | None
) -> HttpResponse:
    may = can_write_tfpb(request.user, agreement).ok is True
    open_ = may and agreement.state == "running" and row.year.reported_on is None
    action = as_action(row)
    context = {
        "agreement": agreement,
        "area": agreement.area,
        "line": row,
        "axis": AXIS_NAMES[Axis(row.action.axis)],
        "action": action,
        "proof_verdict": judge_evidence(action),
        "form": form if open_ or form.is_bound else None,
        "proof_form": (proof or ProofForm(tickets=closed_reports(agreement)[:MOST_OFFERED]))
        if open_
        else None,
        "may": may,
    }
    bad = (form.is_bound and form.errors) or (proof is not None and proof.errors)
    return render(request, "proximity/tfpb/line.html", context, status=422 if bad else 200)


@require_POST
def tfpb_proof_add(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/lignes/<pk>/preuves/`: a file, or a closed report."""
    agreement, row = _asked_line(pk)
    require(can_write_tfpb(request.user, agreement))
    form = ProofForm(request.POST, request.FILES, tickets=closed_reports(agreement))
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            proofs.add_proof(line=row, by=actor_of(request), **given)
        except Refused as refused:
            show_refusal(form, refused, {"ticket": "ticket", "upload": "upload"})
        else:
            messages.success(request, _("La preuve est jointe."))
            return redirect("tfpb_line", row.pk)
    return _line_page(request, agreement, row, LineForm(initial=LineForm.values_of(row)), form)


def _asked_proof(pk: int) -> tuple[TfpbAgreement, TfpbEvidence]:
    found = (
        TfpbEvidence.objects.select_related("document", "line__action", "line__year").filter(pk=pk).first()
    )
    if found is None:
        raise Http404(_("Cette preuve n’est pas, ou plus, jointe."))
    return asked_tfpb(found.line.action.agreement_id), found


@require_safe
def tfpb_proof(request: HttpRequest, pk: int) -> FileResponse:
    """`/tfpb/preuves/<pk>/`: the file, for who reads the convention."""
    agreement, found = _asked_proof(pk)
    require(can_read_tfpb(request.user, agreement))
    if found.document is None:
        raise Http404(_("Cette preuve est un signalement, pas un fichier."))
    return handed(found.document)


@require_POST
def tfpb_proof_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/preuves/<pk>/retirer/`"""
    agreement, found = _asked_proof(pk)
    require(can_write_tfpb(request.user, agreement))
    told(
        request,
        lambda: proofs.remove_proof(proof=found, by=actor_of(request)),
        _("La preuve est retirée."),
    )
    return redirect(reverse("tfpb_line", args=[found.line_id]))
