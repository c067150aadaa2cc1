"""Adding something to a place and withdrawing it: the same two pages for every nature."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal

from ..forms import WithdrawForm
from ..models import Territory
from .edit import edited_place
from .edit_parts import PARTS, Part


def _part(slug: str) -> Part:
    if slug not in PARTS:
        raise Http404(slug)
    return PARTS[slug]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str, code: str, part: str) -> HttpResponse:
    """`/quartiers/<code>/modifier/<part>/ajouter/`"""
    place, nature = edited_place(request, kind, code), _part(part)
    if nature.form is None or nature.save is None:
        return redirect("perimeter_add", kind, code)
    form = nature.form(request.POST or None, territory=place)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                nature.save(form, place, cast(Person, request.user).actor)
        except Refused as refused:
            show_refusal(form, refused, nature.fields)
        else:
            messages.success(request, _("C’est ajouté à la fiche de %(name)s.") % {"name": place.name})
            return redirect("territory_edit", place.kind, place.code)
    return _page(request, "territories/edit/add.html", place, nature, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, kind: str, code: str, part: str, pk: int) -> HttpResponse:
    """`/quartiers/<code>/modifier/<part>/<id>/retirer/`"""
    place, nature = edited_place(request, kind, code), _part(part)
    item = next((item for item in nature.rows(place) if item.pk == pk), None)
    if item is None:
        messages.info(request, _("Cet élément n’est plus sur la fiche : il a déjà été retiré."))
        return redirect("territory_edit", place.kind, place.code)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            nature.withdraw(item, place, form.cleaned_data["reason"], cast(Person, request.user).actor)
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            messages.success(request, _("C’est retiré. L’histoire de la fiche garde la trace et la raison."))
            return redirect("territory_edit", place.kind, place.code)
    text, detail = nature.reads(item)
    return _page(
        request, "territories/edit/withdraw.html", place, nature, form=form, text=text, detail=detail
    )


def _page(
    request: HttpRequest, template: str, place: Territory, part: Part, **context: object
) -> HttpResponse:
    return render(request, template, {"place": place, "part": part, **context})
