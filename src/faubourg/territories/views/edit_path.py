"""The path of a neighbourhood on its edit desk: where it stands, what may happen next and what may not."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.neighbourhood_path import TRANSITIONS, State, may_start

from ..forms.path import PathForm
from ..models import Territory
from ..queries.path import Path, path_of
from ..services.standing import move_neighbourhood
from .edit import edited_place

FIELDS = {"path_state": "act", "path_day": "on", "path_text": "reference"}


@require_http_methods(["GET", "HEAD", "POST"])
def path_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/quartiers/<code>/parcours/`"""
    place = edited_place(request, Territory.Kind.NEIGHBOURHOOD, code)
    form = PathForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            step = move_neighbourhood(
                territory=place, by=cast(Person, request.user).actor, **form.cleaned_data
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(
                request,
                _("%(name)s est désormais : %(state)s.")
                % {"name": place.name, "state": step.get_state_display()},
            )
            return redirect(place)
    path = path_of(place, timezone.localdate())
    context = {"place": place, "form": form, "path": path, "acts": _acts(path, form)}
    return render(request, "territories/edit/path.html", context)


def _acts(path: Path, form: PathForm) -> list[dict[str, object]]:
    """Every act of the table: its name, whether it can start here, and why not."""
    chosen = form["act"].value()
    return [
        {
            "value": transition.act.value,
            "name": _(transition.name),
            "verdict": may_start(transition.act, State(path.state)),
            "cites_text": transition.cites_text,
            "chosen": transition.act.value == chosen,
        }
        for transition in TRANSITIONS
    ]
