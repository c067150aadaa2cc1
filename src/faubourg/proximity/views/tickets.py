"""One report: what everybody reads, and beside it what its team, its partner and residents may do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.proximity import deadlines
from faubourg.rules.proximity.circuits import REPORT

from ..access import tickets as rights
from ..forms.tickets import ActForm, CheckForm
from ..models import Check, Photo, Ticket, TicketPartner
from ..queries.late import awaited_on, place_of
from ..queries.tickets import BY_RESIDENTS, ticket_by_reference
from ..services import attributing, repairing
from ..ticket_acts import BY_CODE, Act, acts_for
from .finding import actor_of

# Codes of refusals, and the field beside which each is shown.
FIELDS = {
    "report_reason": "reason",
    "report_referent": "partner",
    "report_planned_day": "on",
    "planned_before_today": "on",
    "other_area": "partner",
    "another_desk": "partner",
    "leads_already": "partner",
    "report_original": "original",
    "duplicate_of_itself": "original",
    "report_desk": "desk",
    "report_consent": "consented",
    "note_empty": "text",
}


def asked_ticket(reference: str) -> Ticket:
    """The report of this reference; a 404 that helps."""
    found = ticket_by_reference(reference[:20])
    if found is None:
        raise Http404(_("Aucun signalement ne porte la référence %(r)s.") % {"r": reference[:20]})
    return found


@never_cache
@require_safe
def ticket(request: HttpRequest, reference: str) -> HttpResponse:
    """`/signalements/<référence>/`"""
    return _sheet(request, asked_ticket(reference))


def _sheet(
    request: HttpRequest, found: Ticket, refused: ActForm | None = None, act: str = "", status: int = 200
) -> HttpResponse:
    """The sheet; the form that was refused stands open with what was typed."""
    follows = rights.can_read_workings(request.user, found).ok is True
    runs = follows and rights.can_run_ticket(request.user, found).ok is True
    forms = [
        (one, refused if refused is not None and one.code == act else one.form(ticket=found))
        for one in (acts_for(request.user, found) if follows else [])
    ]
    may_check = found.state == "declared_done" and rights.can_check(request.user, found).ok is True
    checking = refused if act == "verifier" and refused is not None else CheckForm(ticket=found)
    context = {
        "ticket": found,
        "area": found.area,
        "state": REPORT.states[found.state],
        "follows": follows,
        "runs": runs,
        "forms": forms,
        "open_act": act,
        "check_form": checking if may_check else None,
        "due": _due(found),
        "last_day": _last_day(found),
        **_thread(found, follows=follows, runs=runs),
    }
    return render(request, "proximity/tickets/sheet.html", context, status=status)


def _due(found: Ticket) -> Any:
    due = awaited_on(found)
    return deadlines.judge_treatment(due, timezone.localdate(), place_of(found.area)) if due else None


def _last_day(found: Ticket) -> Any:
    if found.state != "declared_done" or found.declared_done_at is None:
        return None
    done = deadlines.day_in_paris(found.declared_done_at)
    return deadlines.last_day_to_answer(done, found.area.silence_days)


def _thread(found: Ticket, *, follows: bool, runs: bool) -> dict[str, Any]:
    """The history as this reader may read it, photographs, notes."""
    steps = found.steps.select_related("partner")
    photos = [photo for photo in found.photos.all() if follows or photo.validated_at]
    return {
        "steps": [
            (
                step,
                REPORT.states[step.after],
                follows or step.public,
                step.by_name if runs or (follows and step.move not in BY_RESIDENTS) else "",
            )
            for step in steps
        ],
        "befores": [photo for photo in photos if photo.moment == Photo.Moment.BEFORE],
        "afters": [photo for photo in photos if photo.moment == Photo.Moment.AFTER],
        "doubts": [photo for photo in photos if photo.moment == Photo.Moment.DOUBT],
        "shares": list(found.shares.all()),
        "notes": list(found.notes.all()) if follows else [],
        "arbitrations": list(found.arbitrations.select_related("contested_by", "decided_for")),
        "checks": list(found.checks.all()) if follows else [],
    }


@require_POST
def ticket_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """One act on a report; what was typed stays when it is refused."""
    asked = BY_CODE.get(act)
    if asked is None:
        raise Http404(_("Cet acte n’existe pas."))
    found = asked_ticket(reference)
    require(asked.may(request.user, found))
    form = asked.form(request.POST, request.FILES, ticket=found)
    if form.is_valid():
        try:
            asked.do(ticket=found, by=actor_of(request), **form.told())
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            form.add_error(None, _("Ce signalement a changé entre-temps : relisez-le, puis recommencez."))
        else:
            messages.success(request, str(asked.done))
            return redirect("ticket", found.reference)
    return _again(request, found.reference, asked, form)


def _again(request: HttpRequest, reference: str, asked: Act, form: ActForm) -> HttpResponse:
    """The sheet as it stands now, with the typed form and the version that is now read."""
    now = asked_ticket(reference)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(now.version)  # type: ignore[index]
    return _sheet(request, now, form, asked.code, 422)


@require_POST
def ticket_check(request: HttpRequest, reference: str) -> HttpResponse:
    """« Est-ce réparé ? », answered with an account: by a relay, or any resident."""
    found = asked_ticket(reference)
    require(rights.can_check(request.user, found))
    form = CheckForm(request.POST, request.FILES, ticket=found)
    if form.is_valid():
        relay = rights.is_relay(request.user, found)
        who = Check.Who.RELAY if relay else Check.Who.RESIDENT
        try:
            repairing.check_repair(ticket=found, who=who, by=actor_of(request), **form.told())
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            messages.success(request, _("Merci : votre réponse est notée."))
            return redirect("ticket", found.reference)
    return _sheet(request, asked_ticket(reference), form, "verifier", 422)


@require_POST
def ticket_share_done(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The partner asked beside the one that leads has done its part."""
    found = asked_ticket(reference)
    share = TicketPartner.objects.select_related("partner", "ticket").filter(ticket=found, pk=pk).first()
    if share is None:
        raise Http404(_("Ce partenaire n’est pas associé à ce signalement."))
    require(rights.can_answer_share(request.user, share.partner, found))
    attributing.share_done(share=share, words=request.POST.get("words", ""), by=actor_of(request))
    messages.success(request, _("La part de %(partner)s est notée faite.") % {"partner": share.partner.name})
    return redirect("ticket", found.reference)
