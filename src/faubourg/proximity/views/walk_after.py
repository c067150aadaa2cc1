"""After a walk: its minutes, what may be public, what becomes of each observation, the review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.text import printable
from faubourg.people.views.refusals import show_refusal

from ..access.walks import can_prepare_walk
from ..forms.walk_notes import MinutesForm, RereadForm, ReviewForm, TicketsForm
from ..listings_walks import severity_name, theme_name
from ..models import Observation, Walk
from ..queries.walks import proposals_of, standing_observations, walk_by_pk
from ..services import walk_minutes
from ..services.walk_tickets import file_from_walk, file_several
from ..walk_telling import fate_words, follow_words
from .finding import actor_of
from .walk_notes import asked_observation
from .walk_pages import FormPage, answer, prepared_walk, sent, told, version_in

READ = ["GET", "HEAD", "POST"]


@require_http_methods(READ)
def walk_minutes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/compte-rendu/`: written once it took place, until it is validated."""
    found = prepared_walk(request, pk)
    form = MinutesForm(sent(request), initial=_minutes_of(found))
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("Compte rendu"),
        lead=_("Le compte rendu est pour l’équipe, la restitution pour tout le monde."),
        back=reverse("walk", args=[pk]),
        done=_("Le compte rendu est enregistré."),
        key=f"walk-minutes:{pk}",
        theirs=lambda: _minutes_of(walk_by_pk(pk) or found),
    )

    def write() -> object:
        return walk_minutes.write_minutes(
            walk=found,
            words=form.told(),
            base_version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    return answer(request, form, write, page)


def _minutes_of(walk: Walk) -> dict[str, object]:
    names = ("people_count", "summary", "public_summary", "version")
    return {name: getattr(walk, name) for name in names}


@require_http_methods(READ)
def walk_rereading(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/relecture/`: each observation, for everybody with other words, or for the team."""
    found = prepared_walk(request, pk)
    rows = list(standing_observations(found))
    status, pairs = 200, [(row, _reread_form(request, row)) for row in rows]
    if request.method == "POST":
        done = [_reread(request, row, form) for row, form in pairs]
        if all(done):
            messages.success(request, _("La relecture est enregistrée."))
            return redirect("walk_rereading", pk)
        status = 422
    context = {
        "walk": found,
        "area": found.area,
        "open": found.state in walk_minutes.REREADING,
        "left": sum(1 for row in rows if row.reread_at is None),
        "lines": [
            {"one": row, "form": form, "theme": theme_name(row), "severity": severity_name(row)}
            for row, form in pairs
        ],
    }
    return render(request, "proximity/walks/rereading.html", context, status=status)


def _reread_form(request: HttpRequest, row: Observation) -> RereadForm:
    prefix = f"o{row.pk}"
    if request.method == "POST" and f"{prefix}-version" in request.POST:
        return RereadForm(request.POST, prefix=prefix)
    return RereadForm(initial=RereadForm.values_of(row), prefix=prefix)


def _reread(request: HttpRequest, row: Observation, form: RereadForm) -> bool:
    """Write one line if somebody chose something; whether nothing is left to say about it."""
    if not form.is_bound:
        return True
    if not form.is_valid():
        return False
    data, start = form.cleaned_data, RereadForm.values_of(row)
    text = printable(data["public_text"]).strip()
    if not data["choice"] or (data["choice"], text) == (start["choice"], start["public_text"]):
        return True
    try:
        walk_minutes.reread(
            observation=row,
            public=data["choice"] == "public",
            public_text=text if data["choice"] == "public" else "",
            base_version=data["version"],
            by=actor_of(request),
        )
    except Refused as refused:
        show_refusal(form, refused, {"public_text": "public_text"})
    except Conflict:
        form.add_error(None, _("Quelqu’un vient de relire celle-ci : rechargez la page."))
    else:
        return True
    return False


@require_POST
def observation_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one observation, or why nothing will."""
    row = asked_observation(pk)
    require(can_prepare_walk(request.user, row.walk))
    words = printable(request.POST.get("outcome", "")).strip()[:300]
    told(
        request,
        lambda: walk_minutes.set_outcome(
            observation=row, words=words, base_version=version_in(request), by=actor_of(request)
        ),
        _("La suite est enregistrée."),
    )
    return redirect("observation", pk)


@require_http_methods(READ)
def walk_review(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/bilan/`: what became of each thing, then what is said of it six months later."""
    found = prepared_walk(request, pk)
    seen = list(standing_observations(found))
    form = ReviewForm(sent(request), initial={"review_words": found.review_words})
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("Bilan à six mois"),
        back=reverse("walk", args=[pk]),
        done=_("Le bilan est fait, et public."),
        key=f"walk-review:{pk}",
        template="proximity/walks/review.html",
        more={
            "seen": [(one, theme_name(one), follow_words(one)) for one in seen],
            "proposals": [(one, fate_words(one)) for one in proposals_of(found)],
            "told": _tally(seen),
            "may_review": found.state == "followed",
        },
    )

    def write() -> object:
        words = printable(form.cleaned_data["review_words"]).strip()
        return walk_minutes.review(walk=found, words=words, by=actor_of(request))

    return answer(request, form, write, page)


def _tally(seen: list[Observation]) -> str:
    """How many became a report, and how many of those are closed."""
    filed = [one.ticket for one in seen if one.ticket is not None]
    closed = sum(1 for ticket in filed if ticket.state == "closed")
    told_filed = ngettext("%(n)s signalement", "%(n)s signalements", len(filed)) % {"n": len(filed)}
    return _("%(filed)s, dont %(closed)s clos.") % {"filed": told_filed, "closed": closed}


@require_http_methods(READ)
def walk_tickets(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/signalements/`: what has to be mended becomes reports, several at once."""
    found = prepared_walk(request, pk)
    start = {"observations": [each for each in request.GET.getlist("observation") if each.isdecimal()]}
    form = TicketsForm(sent(request), walk=found, initial=start)
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("En faire des signalements"),
        lead=_("Chacun suit son chemin jusqu’à sa vérification, et dit ici ce qu’il devient."),
        back=reverse("walk", args=[pk]),
        done=_("Les signalements sont faits."),
        submit=_("Signaler"),
    )

    def write() -> object:
        return file_several(
            observations=list(form.cleaned_data["observations"]),
            category=form.cleaned_data["category"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return answer(request, form, write, page)


@require_POST
def observation_ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """One observation becomes a report, in one click."""
    row = asked_observation(pk)
    require(can_prepare_walk(request.user, row.walk))
    told(
        request,
        lambda: file_from_walk(observation=row, category=None, by=actor_of(request), at=timezone.now()),
        _("Le signalement est fait."),
    )
    return redirect("observation", pk)
