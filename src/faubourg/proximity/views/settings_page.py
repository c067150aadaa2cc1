"""What every page of settings shares: who may, the form that is written or shown again with its reasons."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal

from ..access import can_run_area
from ..models import Area
from .finding import asked_area

FIELDS: Mapping[str, str] = {
    "category_twice": "name",
    "partner_twice": "name",
    "referent_twice": "account",
    "seated": "account",
    "area_place": "place",
    "area_twice": "place",
    "translation_places": "text",
}


def set_area(request: HttpRequest, code: str) -> Area:
    """The area of this code, for who runs it; a 404 or a 403 that helps otherwise."""
    area = asked_area(code)
    require(can_run_area(request.user, area))
    return area


def try_to(form: BaseForm, write: Callable[[], Any]) -> int:
    """Write what a valid form says; the status to answer with: 302 written, 409 somebody did, 422 refused."""
    try:
        write()
    except Refused as refused:
        show_refusal(form, refused, FIELDS)
        return 422
    except Conflict:
        form.add_error(
            None, _("Quelqu’un a modifié cette page entre-temps : relisez-la, votre texte est gardé ici.")
        )
        return 409
    return 302


def form_page(
    request: HttpRequest,
    area: Area,
    form: BaseForm,
    *,
    title: str,
    back: tuple[str, str],
    status: int = 200,
    template: str = "proximity/areas/form.html",
    **more: Any,
) -> HttpResponse:
    """One form about an area; `back` is the name and the label of the page it comes from."""
    context = {"area": area, "form": form, "title": title, "back": back[0], "back_label": back[1], **more}
    return render(request, template, context, status=status)


def edited(
    request: HttpRequest,
    area: Area,
    form: BaseForm,
    write: Callable[[], Any],
    *,
    title: str,
    back: tuple[str, str],
    done: str,
    **more: Any,
) -> HttpResponse:
    """The whole way of a simple form: shown, judged, written, then back to its list with a word."""
    status = 200
    if request.method == "POST":
        status = try_to(form, write) if form.is_valid() else 422
        if status == 302:
            messages.success(request, done)
            return redirect(back[0], area.code)
    return form_page(request, area, form, title=title, back=back, status=status, **more)
