"""Spots with a QR code: the list, one, and the sheets to print and post."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.numbers import whole_number
from faubourg.contracts.views.not_compiled import not_compiled

from ..forms.routes import SpotForm
from ..models import Spot
from ..services import settings as services
from .finding import actor_of
from .map_words import map_context
from .settings_page import edited, set_area
from .spot_sheet import sheet_data

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "spots.typ"
BACK = "area_spots"
MOST_SHEETS = 100


@require_safe
def area_spots(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/points/`: where one can scan, and what was printed."""
    area = set_area(request, code)
    spots = area.spots.select_related("partner").order_by("-active", "name", "pk")
    return render(request, "proximity/areas/spots.html", {"area": area, "spots": spots})


@require_http_methods(["GET", "HEAD", "POST"])
def area_spot(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`…/points/nouveau/` and `…/points/<pk>/`."""
    area = set_area(request, code)
    spot = area.spots.filter(pk=pk).first() if pk else Spot(area=area)
    if spot is None:
        raise Http404(_("Ce point n’est pas de ce territoire."))
    form = SpotForm(request.POST or None, initial=SpotForm.values_of(spot) if pk else {}, area=area)
    return edited(
        request,
        area,
        form,
        lambda: services.write_spot(
            spot=spot,
            values=form.values(),
            base_version=form.base_version if pk else None,
            by=actor_of(request),
        ),
        title=spot.name or _("Nouveau point de signalement"),
        back=(BACK, _("Points de signalement")),
        done=_("Le point est enregistré."),
        template="proximity/areas/point_form.html",
        **map_context(area),
    )


@require_POST
def area_spots_print(request: HttpRequest, code: str) -> HttpResponse:
    """`…/points/imprimer/`: one A4 sheet a spot, those that are ticked or all that are posted."""
    area = set_area(request, code)
    chosen = [whole_number(pk) for pk in request.POST.getlist("points")[:MOST_SHEETS]]
    active = area.spots.filter(active=True)
    spots = list((active.filter(pk__in=chosen) if chosen else active).order_by("name", "pk")[:MOST_SHEETS])
    if not spots:
        messages.warning(request, _("Aucun point à imprimer : ajoutez-en un, ou cochez-en."))
        return redirect(BACK, area.code)
    title = _("Affiches des points de signalement – %(name)s") % {"name": area.name}
    data = sheet_data(area, spots, request.build_absolute_uri)
    try:
        content = pdf.compile(TEMPLATE, data, lang="fr", title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=request.path)
    services.tell_printed(spots=spots, at=timezone.now(), by=actor_of(request))
    headers = {
        "Content-Disposition": f'attachment; filename="signaler-{area.code}.pdf"',
        "Content-Language": "fr",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
