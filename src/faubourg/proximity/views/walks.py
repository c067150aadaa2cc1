"""The walks of an area, one walk for its team, and its preparation until it is confirmed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import require
from faubourg.base.text import printable
from faubourg.rules.proximity.circuits import WALK

from .. import access
from ..access.walks import can_follow_walk, can_take_notes, is_public
from ..forms.walks import HoldForm, WalkForm
from ..listings_walks import PUBLIC_WALKS, WALKS, state_name
from ..models import Walk
from ..queries.walks import observations_of, proposals_of, walk_by_pk, walks_of
from ..services import walk_minutes, walks
from ..services.grids import shipped_grids
from ..walk_paper import facts_of
from ..walk_svg import Drawn, draw
from .finding import actor_of, asked_area
from .walk_acts import ACTS, Given
from .walk_pages import FormPage, answer, asked_walk, prepared_walk, runs, sent, told, version_in

READ = ["GET", "HEAD", "POST"]


@require_safe
def area_walks(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/marches/`: those that were restored for everybody, all of them for partners."""
    area = asked_area(code)
    follows = access.can_follow_area(request.user, area).ok is True
    listing = WALKS if follows else PUBLIC_WALKS
    context = {"area": area, "may_prepare": runs(request, area), "follows": follows}
    found = walks_of(area, public=not follows)
    return listing.respond(request, found, "proximity/walks/list.html", context)


@require_http_methods(READ)
def walk_new(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/marches/nouvelle/`: a title is enough to begin."""
    area = asked_area(code)
    require(access.can_run_area(request.user, area))
    shipped_grids()
    form = WalkForm(sent(request), area=area, initial={"kind": Walk.Kind.DAY})
    made: list[Walk] = []
    page = FormPage(
        area=area,
        heading=_("Préparer une marche"),
        lead=_("Un titre suffit pour commencer ; le cadre s’écrit avant d’inviter."),
        back=reverse("area_walks", args=[code]),
        done=_("La marche est en préparation : placez ses haltes."),
        key=f"walk-new:{area.code}",
    )
    response = answer(
        request,
        form,
        lambda: made.append(walks.prepare_walk(area=area, words=form.told(), by=actor_of(request))),
        page,
    )
    return redirect("walk_route", made[0].pk) if made else response


@require_http_methods(READ)
def walk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/modifier/`: what it is, and its frame."""
    found = prepared_walk(request, pk)
    shipped_grids()
    form = WalkForm(sent(request), area=found.area, initial=WalkForm.values_of(found))
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("Modifier la marche"),
        back=reverse("walk", args=[pk]),
        done=_("La marche est enregistrée."),
        key=f"walk:{pk}",
        theirs=lambda: WalkForm.values_of(walk_by_pk(pk) or found),
    )

    def write() -> object:
        return walks.edit_walk(
            walk=found,
            words=form.told(),
            base_version=form.cleaned_data["version"] or 0,
            by=actor_of(request),
        )

    return answer(request, form, write, page)


@require_safe
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/`: everything, for the team; without who was there, for its partners."""
    found = asked_walk(pk)
    follows = can_follow_walk(request.user, found).ok is True
    if not follows and is_public(found):
        return redirect("walk_public", pk)
    if not follows and can_take_notes(request.user, found).ok is True:
        return redirect("walk_observations", pk)
    require(can_follow_walk(request.user, found))
    return render(request, "proximity/walks/sheet.html", _sheet(request, found))


def _sheet(request: HttpRequest, found: Walk) -> dict[str, Any]:
    team = runs(request, found.area)
    stops = list(found.stops.order_by("order"))
    seen = list(observations_of(found).filter(merged_into__isnull=True).order_by("stop__order", "pk"))
    return {
        "walk": found,
        "area": found.area,
        "team": team,
        "state": state_name(found),
        "steps": [(step, WALK.states[step.after]) for step in found.steps.all()],
        "facts": facts_of(found),
        "stops": stops,
        "map_svg": draw(found, Drawn(stops, seen)),
        "guests": list(found.guests.select_related("organisation")) if team else [],
        "seen": seen,
        "waiting": sum(1 for one in seen if one.reread_at is None),
        "proposals": list(proposals_of(found)),
        "public": is_public(found),
        "review_late": bool(found.review_due_on and found.review_due_on <= timezone.localdate()),
        **(_next(found) if team else {"may": {}}),
    }


def _next(found: Walk) -> dict[str, Any]:
    """What the team may do now, and what still lacks before the next step."""
    verdict = None
    if found.state == "preparing":
        verdict = walks.judge_confirmation(found)
    elif found.state == "minutes_validated":
        verdict = walk_minutes.judge_restitution(found)
    elif found.state == "restored":
        verdict = walk_minutes.judge_plan(found)
    acts = [transition.act for transition in WALK.acts_from(found.state)]
    return {"may": dict.fromkeys(acts, True), "verdict": verdict}


@require_http_methods(READ)
def walk_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/realisee/`: it took place, who came."""
    found = prepared_walk(request, pk)
    form = HoldForm(sent(request), walk=found)
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("La marche a eu lieu"),
        lead=_("Qui était là reste connu de l’équipe seule, puis s’efface."),
        back=reverse("walk", args=[pk]),
        done=_("La marche est réalisée : tapez ce qui a été noté sur papier, puis le compte rendu."),
    )

    def write() -> object:
        return walk_minutes.hold_walk(
            walk=found,
            came=[guest.pk for guest in form.cleaned_data["came"]],
            people_count=form.cleaned_data["people_count"],
            by=actor_of(request),
        )

    return answer(request, form, write, page)


@require_POST
def walk_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step of the walk that needs at most a reason."""
    found = prepared_walk(request, pk)
    if act not in ACTS:
        raise Http404(_("Cet acte n’existe pas."))
    do, done = ACTS[act]
    reason = printable(request.POST.get("reason", "")).strip()[:1000]
    given = Given(found, reason, version_in(request), actor_of(request))
    told(request, lambda: do(given), str(done))
    return redirect("walk", pk)
