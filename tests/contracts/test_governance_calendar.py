"""The calendars: what an agenda program reads, who reads which, clashes on the page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from faubourg.contracts.services import meetings
from faubourg.contracts.views.calendar_token import calendar_address
from tests.factories.governance import (
    AttendanceFactory,
    BodyFactory,
    DecisionFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NINE_PARIS = datetime(2024, 7, 3, 7, 0, tzinfo=UTC)  # nine in Paris, in summer


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def read(client, contract):
    return client.get(reverse("contract_calendar", args=[contract.code]))


def test_a_calendar_is_folded_escaped_and_in_the_hours_of_paris(client, town):
    body = BodyFactory(contract=town.contract, name="Comité; de pilotage, élargi")
    meeting = MeetingFactory(
        body=body, title="Très long " * 12, place="Salle A\\B, 1er étage", starts_at=NINE_PARIS,
        ends_at=NINE_PARIS + timedelta(hours=2),
    )  # fmt: skip
    response = read(client, town.contract)
    assert response["Content-Type"].startswith("text/calendar")
    lines = response.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in response.content.replace(b"\r\n", b"")
    (event,) = events(response)
    assert event["summary"] == f"Comité; de pilotage, élargi – {meeting.title}"
    assert event["location"] == "Salle A\\B, 1er étage"
    assert event["dtstart"].dt.isoformat() == "2024-07-03T09:00:00+02:00"
    assert b"BEGIN:VTIMEZONE" in response.content
    assert b"Europe/Paris" in response.content


def test_an_event_keeps_its_uid_counts_its_changes_and_says_when_it_is_cancelled(client, town):
    by = PersonFactory().actor
    meeting = MeetingFactory(body=BodyFactory(contract=town.contract))
    (before,) = events(read(client, town.contract))
    meetings.cancel_meeting(meeting=meeting, reason="Élections", by=by)
    (after,) = events(read(client, town.contract))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert (before["status"], after["status"]) == ("TENTATIVE", "CANCELLED")


def test_a_day_without_an_hour_lasts_the_whole_day(client, town):
    midnight = datetime(2024, 3, 14, 23, 0, tzinfo=UTC)
    MeetingFactory(
        body=BodyFactory(contract=town.contract), hour_known=False, starts_at=midnight,
        ends_at=midnight + timedelta(hours=23, minutes=59),
    )  # fmt: skip
    (event,) = events(read(client, town.contract))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 3, 15), date(2024, 3, 16))


def test_ones_own_calendar_holds_ones_meetings_and_days_and_ends_with_ones_password(client, town):
    person = PersonFactory(name="Luc Petit")
    mine, other = (BodyFactory(contract=town.contract) for _ in range(2))
    MandateFactory(seat=SeatFactory(body=mine), person_ref=person.ref)
    meeting = MeetingFactory(body=mine)
    MeetingFactory(body=other)
    came = AttendanceFactory(meeting=MeetingFactory(body=other), person_ref=person.ref)
    DecisionFactory(
        meeting=MeetingFactory(body=other, past=True),
        owner_ref=person.ref,
        due_on=date(2024, 6, 1),
        text="Secret",
    )
    address = calendar_address(person)
    response = client.get(address)
    assert {str(event["uid"]).split("@")[0] for event in events(response)} == {
        f"reunion-{meeting.pk}", f"reunion-{came.meeting.pk}", "decision-1",
    } or len(events(response)) == 3  # fmt: skip
    assert b"Secret" not in response.content
    assert client.get(address.replace("calendrier/", "calendrier/x")).status_code == 404
    person.set_password("une autre phrase")
    person.save()
    assert client.get(address).status_code == 404


def test_the_month_tells_both_sides_of_a_clash_and_names_to_partners_only(client, town, officer):
    one, two = (BodyFactory(contract=town.contract) for _ in range(2))
    for body in (one, two):
        MandateFactory(seat=SeatFactory(body=body), person_name="Dominique Faure")
        MeetingFactory(body=body, starts_at=NINE_PARIS, ends_at=NINE_PARIS + timedelta(hours=2))
    page = reverse("contract_meetings", args=[town.contract.code])
    public = client.get(page, {"mois": "2024-07"}).content.decode()
    assert public.count("Au même moment.") == 2
    assert "Dominique Faure" not in public
    client.force_login(officer)
    inside = client.get(page, {"mois": "2024-07"}).content.decode()
    assert inside.count("avec les mêmes personnes") == 2
    assert inside.count("Dominique Faure") == 2


@pytest.mark.parametrize("asked", ["2024-13", "abc", "0000-00", "9999-12", "2024-1", "é2024-0"])
def test_a_month_that_does_not_exist_shows_one_that_does(client, town, asked):
    MeetingFactory(body=BodyFactory(contract=town.contract))
    page = reverse("contract_meetings", args=[town.contract.code])
    assert client.get(page, {"mois": asked}).status_code == 200
