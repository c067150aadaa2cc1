"""The desk of a place: its presentation, and the way to everything that can be added or withdrawn."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from .. import access, queries
from ..forms import SheetForm
from ..models import Territory
from ..services.edit_sheet import edit_sheet
from .edit_parts import sections


def edited_place(request: HttpRequest, kind: str, code: str) -> Territory:
    """The place to edit; 404 when unknown, refused with its reason when out of the person's scope."""
    place = queries.place_at(kind, code)
    if place is None:
        raise Http404(code)
    require(access.can_edit_territory(request.user, place))
    return place


def draft_key(place: Territory) -> str:
    """Under which key the presentation being written is kept."""
    return f"territory:{place.kind}:{place.code}"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """`/quartiers/<code>/modifier/`"""
    place = edited_place(request, kind, code)
    rename = access.can_rename(place)
    initial = {"name": place.name, "description": place.description, "version": place.version}
    form = SheetForm(request.POST or None, initial=initial, may_rename=bool(rename.ok))
    conflict: Territory | None = None
    if request.method == "POST" and form.is_valid():
        person = cast(Person, request.user)
        try:
            edit_sheet(territory=place, by=person.actor, **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused, {"official_name": "name"})
        except Conflict:
            conflict = Territory.objects.get(pk=place.pk)
            form = _again(form, conflict, bool(rename.ok))
        else:
            forget_draft(request, draft_key(place))
            messages.success(request, _("La fiche de %(name)s est enregistrée.") % {"name": place.name})
            return redirect(place)
    context = {
        "place": place,
        "form": form,
        "rename": rename,
        "conflict": conflict,
        "draft_key": draft_key(place),
        "draft_version": place.version,
        "sections": sections(place),
        "cancel_url": place.get_absolute_url(),
    }
    return render(request, "territories/edit/sheet.html", context, status=409 if conflict else 200)


def _again(form: SheetForm, saved: Territory, may_rename: bool) -> SheetForm:
    """What was typed, now upon the version that somebody else saved: sending it again is a choice."""
    typed: dict[str, Any] = {**form.cleaned_data, "version": saved.version}
    return SheetForm(typed, may_rename=may_rename)
