"""Giving a grid to an intercommunalité, and withdrawing it."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Refused
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal

from ..forms.geography import GridForm
from ..models import GridExtract
from ..services.grid_extracts import bring_grid, withdraw_grid
from .edit_saving import required_source
from .geography import drawn_area


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, code: str) -> HttpResponse:
    """`/geographie/<siren>/grille/`"""
    area = drawn_area(request, code)
    form = GridForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actor = cast(Person, request.user).actor
        try:
            with transaction.atomic():
                source = required_source(form, actor)
                _extract, job = bring_grid(
                    area=area, upload=form.cleaned_data["file"], source=source, by=actor
                )
        except Refused as refused:
            fields = {reason.code: "file" for reason in refused.verdict.refusals()}
            show_refusal(form, refused, fields | {"source_loaded": "source"})
        else:
            return redirect("job", job.pk)
    extracts = (
        GridExtract.objects.filter(area=area).select_related("source", "document").defer("cells", "extent")
    )
    context = {"area": area, "form": form, "extracts": extracts[:20]}
    status = 422 if request.method == "POST" else 200
    return render(request, "territories/geography/grid.html", context, status=status)


@require_POST
def grid_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/geographie/<siren>/grille/<id>/retirer/`"""
    area = drawn_area(request, code)
    extract = (
        GridExtract.objects.select_related("area").defer("cells", "extent").filter(area=area, pk=pk).first()
    )
    if extract is None:
        raise Http404(str(pk))
    withdraw_grid(
        extract=extract, reason=request.POST.get("reason", "")[:300], by=cast(Person, request.user).actor
    )
    messages.success(request, _("La grille est retirée : son fichier est gardé."))
    return redirect("geography_grid", area.code)
