"""Drawing a perimeter, or a new version of one: the outline is looked at, and only then written."""

import json
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.drawing import same
from faubourg.rules.verdict import Reason

from ..forms.geography import DecisionForm, OutlineForm, PlacedDecisionForm
from ..geo.shapes import shape_of
from ..models import Perimeter, PerimeterChange, Territory
from ..queries.geography import candidate_at
from ..queries.geography_map import communes_under
from ..queries.nearness import far_from
from ..queries.versions import standing_now, version_of
from ..reading.limits import check_size
from ..reading.outline_text import ReadOutline, read_outline, text_of
from ..services.draw_perimeters import draw_perimeter, redraw_perimeter
from .geography import drawn_area, map_context
from .geography_preview import preview_of

FIELDS = {
    "kind_stands": "place",
    "kind_decreed": "kind",
    "place_missing": "name",
    "neighbourhood_known": "name",
    "decision_unjustified": "reference",
    "decision_to_come": "decided_on",
}


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """`/geographie/<siren>/dessiner/`: `?candidat=280-A`, `?depart=<version>`, `?quartier=<code>`."""
    area = drawn_area(request, code)
    person = cast(Person, request.user)
    key = f"geography:{area.code}"
    if request.method != "POST":
        start, said = _start(request, area)
        read = _reread(start)
        form = PlacedDecisionForm(area=area, initial=_with_communes(area, read, said))
        return _page(request, area, OutlineForm(initial={"contour": start}), form, key=key, read=read)
    outline = OutlineForm(request.POST, request.FILES)
    read = read_given(outline)
    form = PlacedDecisionForm(request.POST, area=area)
    if read is None or must_look(request, read):
        # Only the outline is judged yet: what was typed beside it is given back as it is.
        form = PlacedDecisionForm(area=area, initial=_with_communes(area, read, typed(request)))
        return _page(request, area, outline, form, key=key, read=read, status=422 if read is None else 200)
    if form.is_valid() and _confirmed(form, area, read) and _write(area, form, read, person, request):
        forget_draft(request, key)
        return redirect("geography", area.code)
    return _page(request, area, outline, form, key=key, read=read, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def redraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/geographie/<siren>/perimetres/<version>/modifier/`; `?version=` starts from an older contour."""
    area = drawn_area(request, code)
    seen = version_of(pk, area)
    if seen is None:
        raise Http404(str(pk))
    if request.method != "POST":
        return _open(request, area, seen)
    person, key = cast(Person, request.user), f"geography:{area.code}:{seen.pk}"
    outline, form = OutlineForm(request.POST, request.FILES), DecisionForm(request.POST)
    read = read_given(outline)
    if read is None or must_look(request, read):
        form = DecisionForm(initial=typed(request))
        status = 422 if read is None else 200
        return _page(request, area, outline, form, key=key, read=read, seen=seen, status=status)
    if form.is_valid():
        base = version_of(form.cleaned_data["seen"] or seen.pk, area) or seen
        try:
            made = redraw_perimeter(
                perimeter=base,
                contour=read.contour,
                decision=form.decision(),
                nature=_nature(request, read, area),
                by=person.actor,
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            return _conflict(request, area, base, read, key)
        else:
            forget_draft(request, key)
            messages.success(
                request, _("Le nouveau contour de %(name)s est enregistré.") % {"name": made.territory.name}
            )
            return redirect("geography_version", area.code, made.pk)
    return _page(request, area, outline, form, key=key, read=read, seen=seen, status=422)


def read_given(form: OutlineForm) -> ReadOutline | None:
    """The contour of the file or of the text; None with the reason on its field."""
    if not form.is_valid():
        return None
    given = form.cleaned_data["file"]
    field = "file" if given else "contour"
    try:
        if given:
            check_size(given.size or 0)
            given.seek(0)
            return read_outline(given.read(), given.name or "")
        return read_outline(form.cleaned_data["contour"].encode(), "contour.geojson")
    except Refused as refused:
        show_refusal(form, refused, {reason.code: field for reason in refused.verdict.refusals()})
        return None


def must_look(request: HttpRequest, read: ReadOutline) -> bool:
    """Asked to be shown, or something was mended or supposed: nothing is written that nobody has seen."""
    return "voir" in request.POST or bool(read.notes) or bool(request.FILES)


def typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, to be given back without being judged."""
    many = {"communes": request.POST.getlist("communes")}
    return {name: value for name, value in request.POST.items() if value} | many


def _start(request: HttpRequest, area: Territory) -> tuple[str, dict[str, Any]]:
    """The contour that the page opens with, and what is already known of it."""
    said: dict[str, Any] = {"place": request.GET.get("quartier", "")[:40]}
    threshold, _dash, name = request.GET.get("candidat", "").partition("-")
    if threshold.isascii() and threshold.isdigit() and len(threshold) < 4:
        candidate = candidate_at(area, int(threshold), name)
        if candidate:
            reason = _("Candidat %(name)s de la grille, au seuil de %(threshold)s %%.")
            said["reason"] = reason % {"name": name, "threshold": f"{int(threshold) / 10:g}"}
            said["kind"] = Perimeter.Kind.FORESEEN.value
            return json.dumps(candidate["outline"], separators=(",", ":")), said
    if version := whole_number(request.GET.get("depart", "")):
        found = version_of(version, area)
        return (text_of(shape_of(found)) if found else ""), said
    return "", said


def _with_communes(area: Territory, read: ReadOutline | None, said: dict[str, Any]) -> dict[str, Any]:
    """The communes under the contour, proposed when none was chosen yet."""
    if read is None or said.get("communes"):
        return said
    return said | {"communes": communes_under(area, read.contour.shape)}


def _reread(text: str) -> ReadOutline | None:
    return read_outline(text.encode(), "contour.geojson") if text else None


def _confirmed(form: PlacedDecisionForm, area: Territory, read: ReadOutline) -> bool:
    warning = _warning(form, area, read)
    if warning is None or form.cleaned_data["confirmed"]:
        return True
    form.add_error("confirmed", _("Vérifiez le lieu, puis cochez pour confirmer."))
    return False


def _warning(form: DecisionForm, area: Territory, read: ReadOutline) -> Reason | None:
    """The contour lies far from the place it is said to be of."""
    place = form.cleaned_data.get("place") if form.is_bound and hasattr(form, "cleaned_data") else None
    return far_from(place or area, read.contour)


def _write(
    area: Territory, form: PlacedDecisionForm, read: ReadOutline, person: Person, request: HttpRequest
) -> bool:
    said = form.cleaned_data
    try:
        made = draw_perimeter(
            area=area,
            place=said["place"],
            name=said["name"],
            communes=list(said["communes"]),
            kind=said["kind"],
            contour=read.contour,
            decision=form.decision(),
            adopted=bool(request.GET.get("candidat")),
            by=person.actor,
        )
    except Refused as refused:
        show_refusal(form, refused, FIELDS)
        return False
    messages.success(request, _("Le périmètre de %(name)s est enregistré.") % {"name": made.territory.name})
    return True


def _open(request: HttpRequest, area: Territory, seen: Perimeter) -> HttpResponse:
    """The form of a version that stands; an older one leads to the one that replaced it."""
    if seen.withdrawn_at:
        now = standing_now(seen)
        if now is None:
            messages.info(request, _("Ce périmètre ne tient plus : dessinez-en un nouveau à partir de lui."))
            return redirect("geography_version", area.code, seen.pk)
        messages.info(request, _("Cette version a été remplacée : voici celle qui tient aujourd’hui."))
        return redirect("geography_redraw", area.code, now.pk)
    if seen.loaded:
        messages.info(
            request, _("Ce contour vient d’une source chargée : il se reprend dans un nouveau dessin.")
        )
        return redirect("geography_version", area.code, seen.pk)
    older = request.GET.get("version", "")
    base = version_of(whole_number(older), area) if older else None
    text = text_of(shape_of(base or seen))
    form = DecisionForm(initial={"seen": seen.pk})
    key = f"geography:{area.code}:{seen.pk}"
    outline = OutlineForm(initial={"contour": text})
    read = _reread(text) if base else None
    return _page(request, area, outline, form, key=key, read=read, seen=seen)


def _nature(request: HttpRequest, read: ReadOutline, area: Territory) -> str:
    """Taken up again when it is, to the tenth of a metre, the older version that was asked for."""
    older = request.GET.get("version", "")
    base = version_of(whole_number(older), area) if older else None
    restored = base is not None and same(shape_of(base), read.contour.shape)
    return PerimeterChange.Act.RESTORED if restored else PerimeterChange.Act.REDRAWN


def _conflict(
    request: HttpRequest, area: Territory, base: Perimeter, read: ReadOutline, key: str
) -> HttpResponse:
    """Somebody replaced it since: both are shown, and sending again, upon theirs, is a choice."""
    now = standing_now(base)
    said = typed(request) | {"seen": now.pk if now else base.pk}
    outline = OutlineForm(initial={"contour": read.text})
    form = DecisionForm(initial=said)
    more = {"conflict": True, "theirs": now}
    return _page(request, area, outline, form, key=key, read=read, seen=now or base, status=409, **more)


def _page(
    request: HttpRequest,
    area: Territory,
    outline: OutlineForm,
    form: DecisionForm,
    *,
    key: str,
    read: ReadOutline | None,
    seen: Perimeter | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    if read is not None and outline.is_bound:
        # What was mended, or read in a file, is what the map and the text now show.
        errors, outline = outline.errors, OutlineForm(initial={"contour": read.text})
        assert not errors
    context = {
        "area": area,
        "outline": outline,
        "form": form,
        "seen": seen,
        "read": read,
        "warning": _warning(form, area, read) if read and seen is None else None,
        "preview": preview_of(area, read.contour.shape, seen) if read else None,
        "draft_key": key,
        "draft_version": seen.pk if seen else 0,
        **map_context(area),
        **more,
    }
    return render(request, "territories/geography/draw.html", context, status=status)
