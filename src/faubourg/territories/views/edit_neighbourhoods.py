"""Entering a neighbourhood that no official list names yet."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused, require
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal

from .. import access
from ..forms import NeighbourhoodForm
from ..models import Territory
from ..services.edit_perimeters import GivenPerimeter, create_neighbourhood
from .edit_saving import required_source


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """`/nouveau-quartier/`"""
    require(access.can_add_neighbourhood(request.user))
    form = NeighbourhoodForm(request.POST or None, initial={"communes": request.GET.get("commune", "")})
    if request.method == "POST" and form.is_valid():
        for commune in form.cleaned_data["communes"]:
            require(access.can_add_neighbourhood(request.user, commune))
        if place := _create(form, cast(Person, request.user)):
            messages.success(
                request,
                _("%(name)s est créé avec le code local %(code)s, donné par Faubourg.")
                % {"name": place.name, "code": place.code},
            )
            return redirect(place)
    return render(request, "territories/edit/neighbourhood.html", {"form": form})


def _create(form: NeighbourhoodForm, person: Person) -> Territory | None:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            given = GivenPerimeter(
                kind=said["kind"],
                source=required_source(form, person.actor),
                valid_from=said["valid_from"],
                legal_reference=said["legal_reference"],
            )
            return create_neighbourhood(
                name=said["name"],
                communes=said["communes"],
                description=said["description"],
                given=given,
                by=person.actor,
            )
    except Refused as refused:
        show_refusal(form, refused, {"neighbourhood_known": "name"})
        return None
