"""Writing what a meeting holds: agenda, attendance, minutes; nothing of somebody else is overwritten."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.forms import attendance as presence
from faubourg.contracts.forms.meetings import MinutesForm, PointFormSet, points_of, rows_of
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Meeting
from faubourg.contracts.queries.governance import organisations_to_suggest
from faubourg.contracts.queries.meetings import agenda_of, room_of
from faubourg.contracts.services import agenda as services
from faubourg.contracts.services.attendance import record_attendance
from faubourg.people.views.sent_drafts import forget_draft

from .people import actor_of
from .steering import asked_meeting, rights_over, told

READ_AND_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_SEND)
def meeting_agenda(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/ordre-du-jour/`: lines that are ranked, timed and given to one of two parts."""
    found = asked_meeting(code, pk)
    require(rights_over(request, found.body).write)
    points = agenda_of(found)
    base = services.seen(services.agenda_text(points))
    key = f"meeting-agenda:{found.pk}"
    if request.method != "POST":
        formset = PointFormSet(initial=points_of(points))
        return _agenda_page(request, found, formset, base=base, key=key)
    formset = PointFormSet(request.POST)
    if not formset.is_valid():
        return _agenda_page(request, found, formset, base=request.POST.get("base", base), key=key, status=422)
    try:
        services.write_agenda(
            meeting=found, rows=rows_of(formset), base=request.POST.get("base", ""), by=actor_of(request)
        )
    except Refused as refused:
        told(request, refused)
        return _agenda_page(request, found, formset, base=base, key=key, status=422)
    except Conflict:
        return _agenda_page(request, found, formset, base=base, key=key, theirs=points, status=409)
    forget_draft(request, key)
    messages.success(request, _("L’ordre du jour est enregistré."))
    if request.POST.get("again"):
        return redirect(contract_url(found.body.contract, "meeting_agenda", found.pk))
    return redirect(contract_url(found.body.contract, "meeting", found.pk))


def _agenda_page(
    request: HttpRequest,
    found: Meeting,
    formset: Any,
    *,
    base: str,
    key: str,
    theirs: Any = (),
    status: int = 200,
) -> HttpResponse:
    context = {"formset": formset, "base": base, "theirs": theirs, "draft_key": key}
    return _page(request, found, "contracts/agenda_form.html", context, status)


@require_http_methods(READ_AND_SEND)
def meeting_attendance(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/presences/`: who came; two people may tick at once."""
    found = asked_meeting(code, pk)
    rights = rights_over(request, found.body)
    require(rights.write)
    room = room_of(found)
    data = request.POST if request.method == "POST" else None
    count = {"printed": found.printed_attendance, "count": found.present_count}
    seats = presence.SeatPresenceFormSet(data, prefix="seats", initial=presence.seats_start(room))
    guests = presence.GuestFormSet(data, prefix="guests", initial=presence.guests_start(room))
    printed = presence.CountForm(data, initial=count)
    presence.recognise(guests, rights.people)
    presence.name_lines(seats, room)
    context = {"seats": seats, "guests": guests, "printed": printed, "room": room, "people": rights.people}
    context["organisations"] = organisations_to_suggest()
    if data is None:
        return _page(request, found, "contracts/attendance_form.html", context)
    if not all([seats.is_valid(), guests.is_valid(), printed.is_valid()]):
        return _page(request, found, "contracts/attendance_form.html", context, 422)
    try:
        record_attendance(
            meeting=found,
            ticks=[form.tick() for form in seats],
            guests=[form.guest() for form in guests if form.has_changed()],
            printed=printed.cleaned_data["printed"],
            count=printed.cleaned_data["count"],
            by=actor_of(request),
        )
    except Refused as refused:
        told(request, refused)
        return _page(request, found, "contracts/attendance_form.html", context, 422)
    except Conflict:
        context["conflict"] = True
        return _page(request, found, "contracts/attendance_form.html", context, 409)
    messages.success(request, _("Les présences sont notées."))
    return redirect(contract_url(found.body.contract, "meeting", found.pk) + "#presences")


@require_http_methods(READ_AND_SEND)
def meeting_minutes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/compte-rendu/`: autosaved; two note-takers see both texts."""
    found = asked_meeting(code, pk)
    require(rights_over(request, found.body).write)
    base, key = services.seen(found.minutes), f"meeting-minutes:{found.pk}"
    context: dict[str, Any] = {"draft_key": key, "draft_version": found.version}
    if request.method != "POST":
        context["form"] = MinutesForm(initial={"minutes": found.minutes, "base": base})
        return _page(request, found, "contracts/minutes_form.html", context)
    form = context["form"] = MinutesForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "contracts/minutes_form.html", context, 422)
    typed = form.cleaned_data["minutes"]
    try:
        services.write_minutes(
            meeting=found, text=typed, base=form.cleaned_data["base"], by=actor_of(request)
        )
    except Refused as refused:
        told(request, refused)
        return _page(request, found, "contracts/minutes_form.html", context, 422)
    except Conflict:
        standing = Meeting.objects.get(pk=found.pk).minutes
        context |= {
            "both": [{"theirs": standing, "mine": typed}],
            "form": MinutesForm({"minutes": typed, "base": services.seen(standing)}),
        }
        return _page(request, found, "contracts/minutes_form.html", context, 409)
    forget_draft(request, key)
    messages.success(request, _("Le compte rendu est enregistré."))
    return redirect(contract_url(found.body.contract, "meeting", found.pk) + "#compte-rendu")


@require_POST
def minutes_validate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The minutes are those of the meeting from now on."""
    found = asked_meeting(code, pk)
    require(rights_over(request, found.body).write)
    try:
        services.validate_minutes(meeting=found, on=timezone.localdate(), by=actor_of(request))
    except Refused as refused:
        told(request, refused)
    else:
        messages.success(request, _("Le compte rendu est validé."))
    return redirect(contract_url(found.body.contract, "meeting", found.pk) + "#compte-rendu")


def _page(
    request: HttpRequest, found: Meeting, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    contract = found.body.contract
    back = contract_url(contract, "meeting", found.pk)
    shared = {
        "contract": contract,
        "body": found.body,
        "meeting": found,
        "cancel_url": back,
        "urls": {
            "contract": contract_url(contract),
            "contract_governance": contract_url(contract, "contract_governance"),
            "body": contract_url(contract, "body", found.body_id),
            "meeting": back,
        },
    }
    return render(request, template, {**shared, **context}, status=status)
