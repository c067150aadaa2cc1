"""Meetings as iCalendar (RFC 5545): one calendar of all bodies of a contract, and one of a person."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from faubourg.base.text import printable
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import DecisionItem, Meeting
from faubourg.contracts.queries.decisions import waiting_for
from faubourg.contracts.queries.meetings import of_calendar, of_person

from .calendar_token import person_of
from .finding import asked_contract

PRODUCT = "-//Faubourg//Contrat de ville//FR"
DOMAIN = "faubourg"
PARIS = ZoneInfo("Europe/Paris")
STATUS = {
    Meeting.State.PLANNED: "TENTATIVE",
    Meeting.State.CONVENED: "CONFIRMED",
    Meeting.State.HELD: "CONFIRMED",
    Meeting.State.CANCELLED: "CANCELLED",
}


@require_safe
def contract_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/calendrier.ics`: every body of the contract; places and days, no name."""
    contract = asked_contract(request, code)
    calendar = _calendar(_("Réunions – %(name)s") % {"name": contract.name})
    _fill(calendar, request, of_calendar(contract))
    return _answer(calendar, f"reunions-{contract.code}.ics")


@require_safe
def my_calendar(request: HttpRequest, mark: str) -> HttpResponse:
    """`/calendrier/<secret>.ics`: the meetings somebody sits at, and the days of their decisions."""
    person = person_of(mark)
    if person is None:
        raise Http404(
            _("Cette adresse de calendrier n’est plus valable : reprenez-la sur « Mes décisions ».")
        )
    calendar = _calendar(_("Mes réunions"))
    _fill(calendar, request, of_person(person.ref))
    for decision in waiting_for(person.ref):
        if decision.due_on is not None:
            calendar.add_component(_due(request, decision))
    answer = _answer(calendar, "mes-reunions.ics")
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(name))
    calendar.add("x-wr-timezone", "Europe/Paris")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    return calendar


def _fill(calendar: Calendar, request: HttpRequest, meetings: Iterable[Meeting]) -> None:
    """Each meeting, then the description of the time zone that they name."""
    for meeting in meetings:
        calendar.add_component(_event(request, meeting))
    calendar.add_missing_timezones()


def _event(request: HttpRequest, meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"reunion-{meeting.pk}@{DOMAIN}.{request.get_host()}")
    event.add("dtstamp", datetime.now(UTC))
    event.add("sequence", meeting.version)
    event.add("summary", printable(f"{meeting.body.name} – {meeting.title}"))
    event.add("status", STATUS[Meeting.State(meeting.state)])
    event.add("url", _address(request, meeting))
    if meeting.place:
        event.add("location", printable(meeting.place))
    begins, ends = meeting.starts_at.astimezone(PARIS), meeting.ends_at.astimezone(PARIS)
    if meeting.hour_known:
        event.add("dtstart", begins)
        event.add("dtend", ends)
    else:
        event.add("dtstart", begins.date())
        event.add("dtend", ends.date() + timedelta(days=1))
    return event


def _due(request: HttpRequest, decision: DecisionItem) -> Event:
    """A day in one's own calendar; the words of the decision stay here, behind the link."""
    event, day = Event(), decision.due_on
    contract = decision.meeting.body.contract
    held = timezone.localdate(decision.meeting.starts_at)
    event.add("uid", f"decision-{decision.pk}@{DOMAIN}.{request.get_host()}")
    event.add("dtstamp", datetime.now(UTC))
    event.add("sequence", decision.version)
    event.add(
        "summary",
        _("Décision à livrer (%(body)s du %(day)s)")
        % {"body": printable(decision.meeting.body.name), "day": f"{held:%d/%m/%Y}"},
    )
    event.add("url", request.build_absolute_uri(contract_url(contract, "decision", decision.pk)))
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    return event


def _address(request: HttpRequest, meeting: Meeting) -> str:
    return request.build_absolute_uri(contract_url(meeting.body.contract, "meeting", meeting.pk))


def _answer(calendar: Calendar, name: str) -> HttpResponse:
    answer = HttpResponse(cast(bytes, calendar.to_ical()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
