"""What was seen on a walk: the list, typing it on a computer, one observation, gathering what is the same."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import require
from faubourg.base.sentences import in_words
from faubourg.people.models import Person

from ..access.walks import NOTING, can_follow_walk, can_prepare_walk, can_take_notes
from ..forms.walk_notes import ObservationForm, PhotoForm
from ..listings_walks import (
    NAMED_OBSERVATIONS,
    OBSERVATIONS,
    follow_name,
    principle_name,
    severity_name,
    theme_name,
)
from ..models import Observation, Photo, Walk
from ..queries.walks import alike, observation_by_pk, observations_of
from ..services import observing
from ..services.photos import keep_photo
from .finding import actor_of
from .walk_pages import FormPage, answer, asked_walk, prepared_walk, runs, sent, told


@require_safe
def walk_observations(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/observations/`: all of them for partners, one’s own for a note-taker."""
    found = asked_walk(pk)
    follows = can_follow_walk(request.user, found).ok is True
    notes = can_take_notes(request.user, found)
    if not follows:
        require(notes)
    rows = observations_of(found)
    if not follows and isinstance(request.user, Person):
        rows = rows.filter(taken_by=request.user.ref)
    team = runs(request, found.area)
    context = {
        "walk": found,
        "area": found.area,
        "team": team,
        "follows": follows,
        "may_note": notes.ok is True and found.state in NOTING,
    }
    listing = NAMED_OBSERVATIONS if team else OBSERVATIONS
    return listing.respond(request, rows, "proximity/walks/observations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def observation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/observations/nouvelle/`: from paper, one after the other, halt by halt."""
    found = asked_walk(pk)
    require(can_take_notes(request.user, found))
    stop = found.stops.filter(pk=whole_number(request.GET.get("halte", ""))).first()
    form = ObservationForm(sent(request), walk=found, initial=ObservationForm.start(stop))
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("Noter une observation"),
        lead=_("Ce que le papier dit, avec les mots de qui l’a vu."),
        back=reverse("walk_observations", args=[pk]),
        done=_("L’observation est gardée."),
        submit=_("Garder cette observation"),
        key=f"walk-note:{pk}",
        more={"again": True},
    )

    def write() -> object:
        return observing.note(
            walk=found,
            seen=form.told(),
            client_id=form.cleaned_data["client_id"] or ObservationForm.start(None)["client_id"],
            by=actor_of(request),
        )

    response = answer(request, form, write, page)
    if response.status_code == 302 and "encore" in request.POST:
        stop = form.cleaned_data["stop"]
        where = reverse("observation_new", args=[pk])
        return redirect(f"{where}?halte={stop.pk}" if stop else where)
    return response


def asked_observation(pk: int) -> Observation:
    """The observation of this number; a 404 that helps."""
    found = observation_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune observation ne porte ce numéro."))
    return found


def _may_read(request: HttpRequest, row: Observation) -> None:
    """Partners of the area, and whoever noted it."""
    own = isinstance(request.user, Person) and row.taken_by == request.user.ref
    if not own:
        require(can_follow_walk(request.user, row.walk))


def _may_write(request: HttpRequest, row: Observation) -> bool:
    """Whoever runs the area, and whoever noted it while they take notes."""
    if runs(request, row.walk.area):
        return True
    own = isinstance(request.user, Person) and row.taken_by == request.user.ref
    return own and can_take_notes(request.user, row.walk).ok is True


@require_safe
def observation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/observations/<pk>/`: one thing seen, who else saw it, what became of it."""
    row = asked_observation(pk)
    _may_read(request, row)
    team = runs(request, row.walk.area)
    context: dict[str, Any] = {
        "one": row,
        "walk": row.walk,
        "area": row.walk.area,
        "team": team,
        "theme": theme_name(row),
        "principle": principle_name(row),
        "severity": severity_name(row),
        "follow": follow_name(row),
        "gathered": list(row.merged.order_by("pk")),
        "photos": list(row.photos.filter(purged_on__isnull=True)) if team else [],
        "proposals": list(row.proposals.all()),
        "may_write": _may_write(request, row) and row.walk.state in NOTING,
        "photo_form": PhotoForm(),
        "may_follow_up": team and row.merged_into_id is None,
    }
    return render(request, "proximity/walks/observation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def observation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/observations/<pk>/modifier/`: a correction, until the minutes are validated."""
    row = asked_observation(pk)
    if not _may_write(request, row):
        require(can_prepare_walk(request.user, row.walk))
    form = ObservationForm(sent(request), walk=row.walk, initial=ObservationForm.values_of(row))
    page = FormPage(
        area=row.walk.area,
        walk=row.walk,
        heading=_("Corriger une observation"),
        lead=_("Corrigée, elle sera relue de nouveau avant d’être publique."),
        back=reverse("observation", args=[pk]),
        done=_("L’observation est corrigée."),
        key=f"walk-seen:{pk}",
        theirs=lambda: ObservationForm.values_of(observation_by_pk(pk) or row),
    )

    def write() -> object:
        return observing.edit_observation(
            observation=row,
            seen=form.told(),
            base_version=form.cleaned_data["version"] or 0,
            by=actor_of(request),
        )

    return answer(request, form, write, page)


@require_http_methods(["GET", "HEAD", "POST"])
def walk_alike(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/rapprocher/`: what several note-takers may have seen at the same place."""
    found = prepared_walk(request, pk)
    if request.method == "POST":
        return _merge(request, found)
    rows = observations_of(found).order_by("stop__order", "criterion", "pk")
    context = {
        "walk": found,
        "area": found.area,
        "open": found.state in NOTING,
        "alike": [
            {
                "rows": [_line(one) for one in group.rows],
                "why": [in_words(reason) for reason in group.reasons],
            }
            for group in alike(found)
        ],
        "rows": [_line(one) for one in rows if one.merged_into_id is None],
        "merged": [_line(one) for one in rows if one.merged_into_id is not None],
    }
    return render(request, "proximity/walks/alike.html", context)


def _line(row: Observation) -> dict[str, Any]:
    return {"one": row, "theme": theme_name(row), "severity": severity_name(row)}


def _merge(request: HttpRequest, walk: Walk) -> HttpResponse:
    chosen = [whole_number(each) for each in request.POST.getlist("observation")]
    rows = {row.pk: row for row in walk.observations.filter(pk__in=chosen)}
    kept = rows.get(whole_number(request.POST.get("garder", ""))) or next(
        (rows[pk] for pk in chosen if pk in rows), None
    )
    if kept is None:
        messages.error(request, _("Choisissez au moins deux observations de cette marche."))
        return redirect("walk_alike", walk.pk)
    others = [row for row in rows.values() if row.pk != kept.pk]
    told(
        request,
        lambda: observing.merge(keep=kept, others=others, by=actor_of(request)),
        _("Les observations sont réunies ; chacune garde ses mots et peut être séparée."),
    )
    return redirect("walk_alike", walk.pk)


@require_POST
def observation_unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """It was something else after all."""
    row = asked_observation(pk)
    require(can_prepare_walk(request.user, row.walk))
    told(
        request,
        lambda: observing.unmerge(observation=row, by=actor_of(request)),
        _("L’observation est de nouveau seule."),
    )
    return redirect("walk_alike", row.walk_id)


@require_POST
def observation_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph of the place joins: private until somebody looked at it."""
    row = asked_observation(pk)
    if not _may_write(request, row):
        require(can_prepare_walk(request.user, row.walk))
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choisissez une photo."))
        return redirect("observation", pk)
    data = form.cleaned_data
    told(
        request,
        lambda: keep_photo(
            owner=row,
            upload=data["photo"],
            moment=Photo.Moment.BEFORE,
            words=data["words"],
            by=actor_of(request),
        ),
        _("La photo est gardée : l’équipe seule la voit tant qu’elle n’est pas relue."),
    )
    return redirect("observation", pk)
