"""Cutting, joining, lightening, withdrawing an outline: first shown with its figures, then decided."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.drawing import cut, joined, lightened

from ..forms.geography import CutForm, DecisionForm, JoinForm, LightenForm
from ..geo.shapes import shape_of
from ..models import Perimeter, PerimeterChange, Territory
from ..queries.geography import DECREED, standing_in
from ..queries.versions import standing_now, version_of
from ..reading.contour import contour_of
from ..reading.outline_text import read_line, text_of
from ..services.draw_perimeters import end_perimeter, merge_perimeters, redraw_perimeter, split_perimeter
from .geography import drawn_area, map_context
from .geography_draw import typed
from .geography_preview import Preview, preview_of, preview_of_parts

FIELDS = {
    "line-away": "line",
    "line-short": "line",
    "line-many": "line",
    "line-points": "line",
    "line-written": "line",
    "outside-france": "line",
    "neighbourhood_known": "name",
    "apart": "apart",
    "inside": "other",
    "merge_itself": "other",
    "same_outline": "metres",
    "decision_unjustified": "reference",
    "decision_to_come": "decided_on",
}
Look = Callable[[Any], Preview]
Do = Callable[[Any, Person], Perimeter | None]


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/perimetres/<version>/couper/`"""
    area, seen = _standing(request, code, pk)

    def look(form: CutForm) -> Preview:
        halves = cut(shape_of(seen), read_line(str(form["line"].value() or "")))
        refuse_unless(halves.verdict)
        names = (seen.territory.name, str(form["name"].value() or "") or _("la plus petite moitié"))
        return preview_of_parts(area, dict(zip(names, halves.parts, strict=True)), seen)

    def do(form: CutForm, person: Person) -> Perimeter:
        line = read_line(form.cleaned_data["line"])
        kept, _made = split_perimeter(
            perimeter=seen,
            line=line,
            name=form.cleaned_data["name"],
            decision=form.decision(),
            by=person.actor,
        )
        return kept

    return _act(request, area, seen, CutForm, page="split", look=look, do=do)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/perimetres/<version>/reunir/`: `?avec=<version>`."""
    area, seen = _standing(request, code, pk)
    others = standing_in(area).filter(wkb__isnull=False, added_by__isnull=False)
    others = others.exclude(kind__in=DECREED).exclude(pk=seen.pk)

    def look(form: JoinForm) -> Preview:
        other = version_of(int(str(form["other"].value() or 0)), area)
        if other is None:
            raise Refused(joined(shape_of(seen), shape_of(seen)).verdict)
        whole = joined(shape_of(seen), shape_of(other))
        if not whole.verdict.ok and whole.verdict.refusals()[0].code != "apart":
            raise Refused(whole.verdict)
        return preview_of(area, whole.shape, seen)

    def do(form: JoinForm, person: Person) -> Perimeter:
        said = form.cleaned_data
        return merge_perimeters(
            kept=seen,
            absorbed=said["other"],
            decision=form.decision(),
            apart=said["apart"],
            by=person.actor,
        )

    def build(*args: Any, **kwargs: Any) -> JoinForm:
        return JoinForm(*args, others=others, **kwargs)

    return _act(request, area, seen, build, page="merge", look=look, do=do)


@require_http_methods(["GET", "HEAD", "POST"])
def simplify(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/perimetres/<version>/simplifier/`"""
    area, seen = _standing(request, code, pk)

    def light(metres: Any) -> Any:
        return lightened(shape_of(seen), float(metres))

    def look(form: LightenForm) -> Preview:
        value = str(form["metres"].value())
        known = {str(key) for key, _label in form.fields["metres"].choices}  # type: ignore[attr-defined]
        return preview_of(area, light(value if value in known else 10), seen)

    def do(form: LightenForm, person: Person) -> Perimeter:
        contour = contour_of([light(form.cleaned_data["metres"])])
        return redraw_perimeter(
            perimeter=seen,
            contour=contour,
            decision=form.decision(),
            nature=PerimeterChange.Act.SIMPLIFIED,
            by=person.actor,
        )

    return _act(request, area, seen, LightenForm, page="simplify", look=look, do=do)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/perimetres/<version>/retirer/`"""
    area, seen = _standing(request, code, pk)

    def look(form: DecisionForm) -> Preview:
        return preview_of_parts(area, {}, seen)

    def do(form: DecisionForm, person: Person) -> None:
        end_perimeter(perimeter=seen, decision=form.decision(), by=person.actor)

    return _act(request, area, seen, DecisionForm, page="end", look=look, do=do)


def _standing(request: HttpRequest, code: str, pk: int) -> tuple[Territory, Perimeter]:
    area = drawn_area(request, code)
    seen = version_of(pk, area)
    if seen is None:
        raise Http404(str(pk))
    return area, seen


def _act(
    request: HttpRequest,
    area: Territory,
    seen: Perimeter,
    build: Callable[..., Any],
    *,
    page: str,
    look: Look,
    do: Do,
) -> HttpResponse:
    """One page for every act: « voir » measures what it would do, the other button decides."""
    if request.method != "POST":
        if seen.withdrawn_at or seen.loaded:
            return redirect("geography_version", area.code, seen.pk)
        initial = {"seen": seen.pk, "other": request.GET.get("avec", "")}
        return _page(request, area, seen, build(initial=initial), page=page)
    if "voir" in request.POST:
        return _looked(request, area, seen, build, page=page, look=look)
    form = build(request.POST)
    if form.is_valid():
        try:
            made = do(form, cast(Person, request.user))
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            form = build(initial=typed(request))
            more = {"conflict": True, "theirs": standing_now(seen)}
            return _page(request, area, seen, form, page=page, status=409, **more)
        else:
            messages.success(request, _("C’est enregistré : les versions d’avant restent lisibles."))
            return redirect("geography_version", area.code, made.pk if made else seen.pk)
    return _page(request, area, seen, form, page=page, status=422)


def _looked(
    request: HttpRequest,
    area: Territory,
    seen: Perimeter,
    build: Callable[..., Any],
    *,
    page: str,
    look: Look,
) -> HttpResponse:
    """What it would do, measured; the decision typed beside it is given back without being judged."""
    form = build(initial=typed(request))
    try:
        return _page(request, area, seen, form, page=page, preview=look(form))
    except (Refused, ValueError) as refused:
        form = build(request.POST)
        if isinstance(refused, Refused):
            show_refusal(form, refused, FIELDS)
        return _page(request, area, seen, form, page=page, status=422)


def _page(
    request: HttpRequest,
    area: Territory,
    seen: Perimeter,
    form: DecisionForm,
    *,
    page: str,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "area": area,
        "seen": seen,
        "form": form,
        "act": page,
        "outline_text": text_of(shape_of(seen)),
        **map_context(area),
        **more,
    }
    return render(request, f"territories/geography/{page}.html", context, status=status)
