"""Bringing a spreadsheet of figures: the list and the file, the dry run, confirming, undoing."""

from functools import partial
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import tables
from faubourg.base.refusal import Refused, require
from faubourg.people.access import holds
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal

from .. import access
from ..forms import ImportForm, LayoutForm
from ..forms.parts import say
from ..models import FigureImport, Indicator
from ..queries.imports import figure_import, imports_of
from ..reading.sheets import Sheet
from ..services import import_figures
from ..services.import_columns import Layout, headings_of
from ..services.import_lookup import Editable
from .edit_saving import chosen_source
from .imports_page import page_of


def _editable(request: HttpRequest) -> Editable:
    return partial(access.editable, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """`/chiffres/importer/`"""
    require(access.can_import_figures(request.user))
    person = cast(Person, request.user)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                brought = import_figures.bring(
                    upload=form.cleaned_data["file"],
                    source=chosen_source(form, person.actor),
                    vintage=form.cleaned_data["vintage"],
                    editable=_editable(request),
                    by=person.actor,
                )
        except Refused as refused:
            show_refusal(form, refused, {reason.code: "file" for reason in refused.verdict.refusals()})
        else:
            return redirect("figure_import", brought.pk)
    everywhere = holds(person, access.EDITORS, ())
    context = {"form": form, "imports": imports_of(person.ref, all_of_them=everywhere)[:30]}
    return render(request, "territories/imports/list.html", context)


@require_safe
def model(request: HttpRequest, fmt: str) -> HttpResponse:
    """`/chiffres/importer/modele.ods`: the sheet to fill in, and the indicators by name."""
    require(access.can_import_figures(request.user))
    if fmt not in tables.MEDIA_TYPES:
        raise Http404(fmt)
    headers = ["Code du territoire", "Nom", "Indicateur", "Valeur", "Millésime", "Source", "Remarque"]
    rows = [["", "", indicator.name_fr, "", "", "", ""] for indicator in Indicator.objects.all()]
    content = tables.write(
        cast(tables.Format, fmt), title=_("Modèle de chiffres"), headers=headers, rows=rows
    )
    response = HttpResponse(content, content_type=tables.MEDIA_TYPES[cast(tables.Format, fmt)])
    response["Content-Disposition"] = f'attachment; filename="modele-chiffres.{fmt}"'
    return response


def _brought(request: HttpRequest, pk: UUID) -> FigureImport:
    require(access.can_import_figures(request.user))
    found = figure_import(pk)
    if found is None:
        raise Http404(str(pk))
    require(access.can_use_import(request.user, found))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`/chiffres/importer/<id>/`: the dry run; POST changes what the columns are and tries again."""
    brought = _brought(request, pk)
    form = _layout_form(request, brought)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            import_figures.change_layout(
                brought=brought,
                layout=form.chosen(),
                source=brought.source,
                vintage=form.cleaned_data["vintage"],
                editable=_editable(request),
                by=cast(Person, request.user).actor,
            )
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            messages.success(request, _("Le fichier est relu avec ces colonnes."))
            return redirect("figure_import", brought.pk)
    return render(
        request, "territories/imports/trial.html", {**page_of(request, brought), "layout_form": form}
    )


def _layout_form(request: HttpRequest, brought: FigureImport) -> LayoutForm | None:
    """None once confirmed: the columns no longer change, and the file need not be read again."""
    if brought.confirmed_at:
        return None
    sheets: list[Sheet] = import_figures.read_sheets(brought)
    layout = Layout.from_json(brought.report["layout"])
    return LayoutForm(
        request.POST or None,
        layout=layout,
        sheets=[sheet.name for sheet in sheets],
        headings=headings_of(sheets[min(layout.sheet, len(sheets) - 1)], layout),
        vintage=brought.report["vintage"],
    )


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`/chiffres/importer/<id>/confirmer/`"""
    brought = _brought(request, pk)
    try:
        import_figures.confirm(
            brought=brought,
            editable=_editable(request),
            warnings_seen=bool(request.POST.get("warnings_seen")),
            by=cast(Person, request.user).actor,
        )
    except Refused as refused:
        _say(request, refused)
    else:
        messages.success(
            request, _("Les chiffres sont écrits sur les fiches. Vous pouvez encore annuler l’import.")
        )
    return redirect("figure_import", brought.pk)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`/chiffres/importer/<id>/annuler/`"""
    brought = _brought(request, pk)
    try:
        import_figures.undo(
            brought=brought,
            editable=_editable(request),
            by=cast(Person, request.user).actor,
            reason=request.POST.get("reason", "")[:300],
        )
    except Refused as refused:
        _say(request, refused)
    else:
        messages.success(
            request, _("L’import est annulé : ses chiffres sont retirés des fiches, aucun n’est effacé.")
        )
    return redirect("figure_import", brought.pk)


def _say(request: HttpRequest, refused: Refused) -> None:
    for reason in refused.verdict.refusals():
        messages.error(request, say(reason))
