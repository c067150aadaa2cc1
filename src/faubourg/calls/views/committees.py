"""A committee of residents: gathered by the association, voted on a phone, closed in its time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.numbers import typed, whole_number
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.calls import fund as rules

from ..access import funds as access
from ..forms.funds import GatherForm, VoiceForm
from ..models import Committee, CommitteeVote, FundMember
from ..queries.funds import committee_by_pk, voices_in
from ..services import committees as services
from .finding import actor_of
from .funds import asked_fund


@require_http_methods(["GET", "HEAD", "POST"])
def committee_new(request: HttpRequest, code: str) -> HttpResponse:
    """`/fonds/<code>/comite/`: which requests, until when."""
    fund = asked_fund(code)
    require(access.can_hold_fund(request.user, fund))
    form = GatherForm(request.POST or None, fund=fund)
    if request.method == "POST" and form.is_valid():
        try:
            committee = services.gather(
                fund=fund,
                projects=list(form.cleaned_data["projects"]),
                closes_at=form.closes_at,
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"committee_past": "day"})
        else:
            messages.success(request, _("Le vote est ouvert : prévenez le comité de cette adresse."))
            return redirect("committee", committee.pk)
    return render(request, "calls/funds/gather.html", {"fund": fund, "form": form})


def _asked(pk: int) -> Committee:
    found = committee_by_pk(pk)
    if found is None:
        raise Http404(_("Ce comité n’existe pas."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """`/fonds/comites/<pk>/`: each request and one’s voice; the count for who holds the fund."""
    held = _asked(pk)
    seat = access.seat_of(request.user, held.fund)
    holds = access.can_hold_fund(request.user, held.fund).ok is True
    if seat is None and not holds:
        require(access.can_vote(request.user, held.fund))
    if request.method == "POST":
        return _vote(request, held, seat)
    return render(request, "calls/funds/committee.html", _context(held, seat, holds))


def _vote(request: HttpRequest, held: Committee, seat: FundMember | None) -> HttpResponse:
    if seat is None:
        require(access.can_vote(request.user, held.fund))
    project = held.microprojects.filter(pk=whole_number(request.POST.get("project", ""))).first()
    form = VoiceForm(request.POST)
    if project is None or seat is None or not form.is_valid():
        errors = [str(error) for each in form.errors.values() for error in each]
        messages.error(request, " ".join(errors) or _("Cette demande n’est pas devant ce comité."))
        return redirect("committee", held.pk)
    try:
        services.vote(committee=held, project=project, member=seat, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, _("Votre voix sur « %(title)s » est gardée.") % {"title": project.title})
    return redirect("committee", held.pk)


def _context(held: Committee, seat: FundMember | None, holds: bool) -> dict[str, Any]:
    voices = voices_in(held)
    cards = []
    for project in held.microprojects.select_related("territory", "organisation").order_by("pk"):
        said = voices.get(project.pk, [])
        mine = next((one for one in said if seat and one.member_id == seat.pk), None)
        told = rules.tally(
            [rules.Voice(one.voice, one.amount_cents) for one in said],
            quorum=held.fund.quorum,
            asked_cents=project.asked_cents,
        )
        cards.append(
            {
                "project": project,
                "mine": mine,
                "concerned": seat is not None and access.is_concerned(seat, project),
                "form": VoiceForm(initial=_initial(mine), prefix=None, auto_id=f"id_{project.pk}_%s"),
                "told": told,
            }
        )
    return {
        "committee": held,
        "fund": held.fund,
        "seat": seat,
        "holds": holds,
        "cards": cards,
        "runs": held.state == Committee.State.OPEN and timezone.now() < held.closes_at,
    }


def _initial(mine: CommitteeVote | None) -> dict[str, object]:
    if mine is None:
        return {}
    return {"voice": mine.voice, "cents": typed(mine.amount_cents), "comment": mine.comment}


@require_POST
def committee_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The association closes the vote; a second click changes nothing."""
    held = _asked(pk)
    require(access.can_hold_fund(request.user, held.fund))
    if services.count(committee=held, by=actor_of(request)) is None:
        messages.info(request, _("Ce vote était déjà clos."))
    else:
        messages.success(request, _("Le vote est clos, ses décisions sont enregistrées."))
    return redirect("committee", pk)
