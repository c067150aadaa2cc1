"""Analyses transversales: the list, one of them, and composing one's own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base import charts, numbers
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access, queries
from faubourg.contracts.forms import AnalysisForm
from faubourg.contracts.listings import ANALYSES
from faubourg.contracts.models import Analysis
from faubourg.contracts.queries import AnalysisBoard
from faubourg.contracts.services import analyses as services

from .analysis_file import FORMATS, explained, file
from .people import actor_of


@require_safe
def analyses(request: HttpRequest) -> HttpResponse:
    """`/analyses/`"""
    may = access.can_compose_analysis(request.user)
    return ANALYSES.respond(request, queries.analyses(), "contracts/analyses.html", {"may_compose": may})


@require_safe
def analysis(request: HttpRequest, slug: str) -> HttpResponse:
    """`/analyses/<slug>/`, or the file that `?format=` asks for."""
    found = _asked(slug)
    board = queries.board_of(found)
    asked = request.GET.get("format", "")
    if asked in FORMATS:
        return file(request, board, asked)
    context = {
        "analysis": found,
        "board": board,
        "announced": [(announced, explained(announced)) for announced in board.announced],
        "people_chart": _chart(board),
        "exports": [{"url": f"?format={name}", "label": label} for name, label in FORMATS.items()],
        "may_edit": access.can_edit_analysis(request.user, found),
        "may_compose": access.can_compose_analysis(request.user),
    }
    return render(request, "contracts/analysis.html", context, status=400 if asked else 200)


def _chart(board: AnalysisBoard) -> Any:
    """Residents of the neighbourhoods of each contract, the same figures as the table."""
    rows = [
        charts.Bar(
            line.row.territory.name,
            float(line.people.value) if line.people.value is not None else None,
            numbers.number(line.people.value, 0) if line.people.value is not None else _("non publié"),
        )
        for line in board.lines
    ]
    return charts.bars(_("Habitants des quartiers, par intercommunalité"), rows)


@require_http_methods(["GET", "HEAD", "POST"])
def analysis_compose(request: HttpRequest) -> HttpResponse:
    """`/analyses/composer/`: a new one; `?contrats=` may bring the first codes."""
    require(access.can_compose_analysis(request.user))
    if request.method != "POST":
        codes = "\n".join(request.GET.getlist("contrats"))
        return _form_page(request, AnalysisForm(initial={"codes": codes}))
    form = AnalysisForm(request.POST)
    if form.is_valid():
        try:
            made = services.compose_analysis(
                title=form.cleaned_data["title"],
                intro=form.cleaned_data["intro"],
                contracts=form.cleaned_data["codes"],
                by=actor_of(request),
            )
        except Refused as refused:
            _show(form, refused)
        else:
            messages.success(request, _("Votre analyse est enregistrée."))
            return redirect("analysis", slug=made.slug)
    return _form_page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def analysis_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """`/analyses/<slug>/modifier/`: its author only."""
    found = _asked(slug)
    require(access.can_edit_analysis(request.user, found))
    if request.method != "POST":
        return _form_page(request, AnalysisForm(initial=AnalysisForm.values_of(found)), found)
    form = AnalysisForm(request.POST)
    if form.is_valid():
        try:
            services.revise_analysis(
                analysis=found,
                title=form.cleaned_data["title"],
                intro=form.cleaned_data["intro"],
                contracts=form.cleaned_data["codes"],
                base_version=form.cleaned_data["version"] or 0,
                by=actor_of(request),
            )
        except Refused as refused:
            _show(form, refused)
        except Conflict:
            return _conflict(request, form, found)
        else:
            messages.success(request, _("Votre analyse est enregistrée."))
            return redirect("analysis", slug=found.slug)
    return _form_page(request, form, found, status=422)


def _conflict(request: HttpRequest, form: AnalysisForm, found: Analysis) -> HttpResponse:
    """The other text is shown; sending again with its version replaces it knowingly."""
    mine = {**form.data.dict(), "version": str(found.version)}  # type: ignore[attr-defined]
    return _form_page(request, AnalysisForm(mine), found, theirs=AnalysisForm.values_of(found), status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def analysis_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """`/analyses/<slug>/supprimer/`: asked once more, then gone; the journal keeps the choice."""
    found = _asked(slug)
    require(access.can_edit_analysis(request.user, found))
    if request.method != "POST":
        return render(request, "contracts/analysis_delete.html", {"analysis": found})
    services.delete_analysis(analysis=found, by=actor_of(request))
    messages.success(request, _("L’analyse est supprimée."))
    return redirect("analyses")


def _asked(slug: str) -> Analysis:
    found = queries.analysis_by_slug(slug)
    if found is None:
        raise Http404(_("Aucune analyse ne se trouve à cette adresse."))
    return found


def _show(form: AnalysisForm, refused: Refused) -> None:
    for reason in refused.verdict.refusals():
        form.add_error("codes", _(reason.template).format(**reason.params))


def _form_page(
    request: HttpRequest,
    form: AnalysisForm,
    analysis: Analysis | None = None,
    *,
    theirs: Any = None,
    status: int = 200,
) -> HttpResponse:
    back = reverse("analysis", args=[analysis.slug]) if analysis else reverse("analyses")
    context = {
        "form": form,
        "analysis": analysis,
        "theirs": theirs,
        "cancel_url": back,
        "draft_key": f"analysis:{analysis.slug}" if analysis else "analysis:new",
    }
    return render(request, "contracts/analysis_form.html", context, status=status)
