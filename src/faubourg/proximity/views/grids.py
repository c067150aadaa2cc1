"""Observation grids of an area: those shipped, the copies it edits, until a walk is confirmed with one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal

from .. import access
from ..forms.grids import GridTitleForm, LineFormSet, content_of, rows_of
from ..models import ObservationGrid
from ..queries.grids import criteria, grid_by_pk, grids_for, principles
from ..services.grids import copy_grid, edit_grid, shipped_grids
from .finding import actor_of, asked_area
from .walk_pages import runs


@require_safe
def area_grids(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/grilles/`: what is looked at on walks, by kind."""
    area = asked_area(code)
    shipped_grids()
    grids = [(grid, len(criteria(grid)), len(principles(grid))) for grid in grids_for(area)]
    context = {"area": area, "grids": grids, "team": runs(request, area)}
    return render(request, "proximity/walks/grids.html", context)


@require_POST
def grid_copy(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The next version of a grid for this area."""
    area = asked_area(code)
    require(access.can_run_area(request.user, area))
    grid = grids_for(area).filter(pk=pk).first()
    if grid is None:
        raise Http404(_("Cette grille n’existe pas."))
    made = copy_grid(area=area, grid=grid, by=actor_of(request))
    return redirect("grid_edit", made.pk)


def _own(request: HttpRequest, pk: int) -> ObservationGrid:
    grid = grid_by_pk(pk)
    if grid is None or grid.area is None:
        raise Http404(_("Cette grille n’est pas celle d’un territoire."))
    require(access.can_run_area(request.user, grid.area))
    return grid


@require_http_methods(["GET", "HEAD", "POST"])
def grid_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/proximite/grilles/<pk>/`: its questions, while no walk uses it."""
    grid = _own(request, pk)
    if request.method != "POST":
        themes, six = rows_of(grid)
        title = GridTitleForm(initial={"title": grid.title, "version": grid.version})
        return _page(
            request, grid, title, LineFormSet(initial=themes, prefix="themes"),
            LineFormSet(initial=six, prefix="principes"),
        )  # fmt: skip
    title = GridTitleForm(request.POST)
    rows = LineFormSet(request.POST, prefix="themes")
    six_rows = LineFormSet(request.POST, prefix="principes")
    if not (title.is_valid() and rows.is_valid() and six_rows.is_valid()):
        return _page(request, grid, title, rows, six_rows, status=422)
    content = content_of([row.cleaned_data for row in rows], [row.cleaned_data for row in six_rows])
    try:
        edit_grid(
            grid=grid,
            title=title.cleaned_data["title"],
            content=content,
            base_version=title.cleaned_data["version"],
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(title, refused, {})
    except Conflict:
        title.add_error(
            None, _("Quelqu’un a changé cette grille entre-temps : rechargez la page pour la lire.")
        )
    else:
        messages.success(request, _("La grille est enregistrée."))
        return redirect("area_grids", grid.area.code if grid.area else "")
    return _page(request, grid, title, rows, six_rows, status=422)


def _page(
    request: HttpRequest,
    grid: ObservationGrid,
    title: GridTitleForm,
    rows: Any,
    six: Any,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"area": grid.area, "grid": grid, "form": title, "rows": rows, "six": six}
    return render(request, "proximity/walks/grid_form.html", context, status=status)
