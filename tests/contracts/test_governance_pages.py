"""The pages of the governance: what each reader sees, what they cost, what they refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.contracts.models import DecisionItem, Meeting
from tests.factories.governance import (
    AttendanceFactory,
    BodyFactory,
    DecisionFactory,
    MandateFactory,
    MeetingFactory,
    NoteFactory,
    PointFactory,
    SeatFactory,
)
from tests.factories.people import OrganisationFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


def address(name, thing, *args):
    """Of a page of a contract, or of something that hangs on it."""
    return reverse(name, args=[thing.code, *args])


@pytest.fixture
def copil(town):
    """A steering committee with a seat held, a seat vacant, and a meeting to come."""
    body = BodyFactory(contract=town.contract, name="Comité de pilotage", quorum_bp=5000)
    MandateFactory(
        seat=SeatFactory(body=body, title="Présidence", organisation=OrganisationFactory(name="Métropole")),
        person_name="Dominique Faure",
    )
    SeatFactory(body=body, title="Conseil départemental")
    return body


def fill(contract, count):
    """Bodies, seats, mandates, meetings, decisions, notes: `count` of each."""
    for _ in range(count):
        body = BodyFactory(contract=contract, quorum_bp=5000)
        for _ in range(count):
            MandateFactory(seat=SeatFactory(body=body, organisation=OrganisationFactory()))
            past, coming = MeetingFactory(body=body, past=True), MeetingFactory(body=body)
            for meeting in (past, coming):
                PointFactory(meeting=meeting)
                AttendanceFactory(meeting=meeting, organisation=OrganisationFactory())
            NoteFactory(decision=DecisionFactory(meeting=past, organisation=OrganisationFactory()))
            NoteFactory(decision=DecisionFactory(meeting=coming))
    return body, coming, DecisionItem.objects.first()


@pytest.mark.parametrize("who", ["officer", "elected"])
@pytest.mark.parametrize("count", [1, 3])
def test_every_page_costs_the_same_whatever_it_holds(
    client, town, officer, django_assert_max_num_queries, who, count
):
    body, meeting, decision = fill(town.contract, count)
    elected = RoleGrantFactory(role="elected", scope_kind="contract", scope_code=town.contract.code).person
    client.force_login(officer if who == "officer" else elected)
    pages = [
        address("contract_governance", town.contract),
        address("body", town.contract, body.pk),
        address("contract_meetings", town.contract),
        address("contract_meeting_list", town.contract),
        address("meeting", town.contract, meeting.pk),
        address("contract_decisions", town.contract),
        address("decision", town.contract, decision.pk),
        address("contract_calendar", town.contract),
        reverse("my_decisions"),
    ]
    for page in pages:
        with django_assert_max_num_queries(15, info=page):
            assert client.get(page).status_code == 200, page


def test_a_visitor_reads_bodies_and_organisations_and_no_name(client, town, copil):
    meeting = MeetingFactory(body=copil, minutes="Secret de séance", printed_attendance="une trentaine")
    DecisionFactory(meeting=meeting, text="Décision interne")
    AttendanceFactory(meeting=meeting, person_name="Ana Diaz")
    pages = [
        address("contract_governance", town.contract),
        address("body", town.contract, copil.pk),
        address("contract_meetings", town.contract),
        address("meeting", town.contract, meeting.pk),
        address("contract_calendar", town.contract),
    ]
    told = [client.get(page).content.decode() for page in pages]
    assert all(client.get(page).status_code == 200 for page in pages)
    assert "Métropole" in told[0]
    assert "1 vacant" in told[0].replace("\u00a0", " ")
    assert "une trentaine" in told[3]
    for secret in ("Dominique Faure", "Ana Diaz", "Secret de séance", "Décision interne"):
        assert not any(secret in page for page in told), secret


def test_the_usual_bodies_are_created_in_one_click_and_once(client, town, officer):
    client.force_login(officer)
    page = address("bodies_start", town.contract)
    assert client.post(page).status_code == 302
    kinds = list(town.contract.bodies.values_list("kind", flat=True))
    assert kinds.count("thematic") == 6
    assert len(kinds) == 10
    client.post(page)
    assert town.contract.bodies.count() == 10
    told = client.get(address("contract_governance", town.contract)).content.decode()
    assert told.count("thème non précisé par le document") == 6
    assert "<svg" in told
    client.post(page, {"commune": town.centre.code})
    commune = town.contract.bodies.filter(territory=town.centre)
    assert [body.kind for body in commune] == ["commune_steering", "commune_technical", "local"]


def test_the_referent_of_a_commune_keeps_its_strand_and_no_other(client, town, copil):
    referent = RoleGrantFactory(
        role="commune_referent", scope_kind="commune", scope_code=town.centre.code
    ).person
    client.force_login(referent)
    assert client.post(address("bodies_start", town.contract)).status_code == 403
    assert (
        client.post(address("bodies_start", town.contract), {"commune": town.suburb.code}).status_code == 403
    )
    assert (
        client.post(address("bodies_start", town.contract), {"commune": town.centre.code}).status_code == 302
    )
    own = town.contract.bodies.filter(territory=town.centre).first()
    assert client.get(address("body_edit", town.contract, own.pk)).status_code == 200
    assert client.get(address("body_edit", town.contract, copil.pk)).status_code == 403


def test_a_meeting_lives_from_its_agenda_to_its_validated_minutes(client, town, officer, copil):
    client.force_login(officer)
    contract, seats = town.contract, list(copil.seats.all())
    day = timezone.localdate() + timedelta(days=3)
    sent = {"title": "COPIL", "day": day.isoformat(), "starts": "09:30", "ends": "11:00", "place": "Mairie"}
    created = client.post(address("meeting_add", contract, copil.pk), sent)
    meeting = Meeting.objects.get()
    assert created["Location"] == address("meeting", contract, meeting.pk)
    page = client.get(created["Location"]).content.decode()
    assert "ajoutez-y au moins un point" in page
    agenda = client.get(address("meeting_agenda", contract, meeting.pk))
    lines = {
        **{f"form-{name}": value for name, value in (("TOTAL_FORMS", 2), ("INITIAL_FORMS", 0))},
        "base": agenda.context["base"],
        "form-0-title": "Bilan", "form-0-part": "technical", "form-0-minutes": "60", "form-0-rank": "1",
        "form-1-title": "", "form-1-part": "social", "form-1-minutes": "", "form-1-rank": "",
    }  # fmt: skip
    assert client.post(address("meeting_agenda", contract, meeting.pk), lines).status_code == 302
    page = client.get(address("meeting", contract, meeting.pk)).content.decode()
    assert "Il manque le volet social" in page
    assert client.post(address("meeting_act", contract, meeting.pk), {"act": "convene"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "convened"
    sent_pdf = client.get(address("meeting_convocation", contract, meeting.pk))
    assert b"".join(sent_pdf.streaming_content).startswith(b"%PDF")
    early = client.post(address("meeting_act", contract, meeting.pk), {"act": "hold"}, follow=True)
    assert "pas encore commencé" in early.content.decode()
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    room = client.get(address("meeting_attendance", contract, meeting.pk))
    assert "Présidence" in room.content.decode()
    ticks = {
        "seats-TOTAL_FORMS": 2, "seats-INITIAL_FORMS": 2, "guests-TOTAL_FORMS": 1, "guests-INITIAL_FORMS": 0,
        "seats-0-seat": seats[0].pk, "seats-0-was": "invited", "seats-0-was_person": "Dominique Faure",
        "seats-0-status": "present", "seats-0-person": "Dominique Faure",
        "seats-1-seat": seats[1].pk, "seats-1-was": "invited", "seats-1-was_person": "",
        "seats-1-status": "excused", "seats-1-person": "",
        "guests-0-person": "Luc Petit", "guests-0-organisation": "metropole", "printed": "", "count": "",
    }  # fmt: skip
    noted = client.post(address("meeting_attendance", contract, meeting.pk), ticks)
    assert noted.status_code == 302, noted.content.decode()
    assert client.post(address("meeting_act", contract, meeting.pk), {"act": "hold"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.quorum["present"], meeting.quorum["needed"]) == ("held", 1, 1)
    assert meeting.quorum["ok"] is True
    minutes = client.get(address("meeting_minutes", contract, meeting.pk))
    base = minutes.context["form"]["base"].value()
    client.post(address("meeting_minutes", contract, meeting.pk), {"minutes": "On a parlé.", "base": base})
    client.post(address("minutes_validate", contract, meeting.pk))
    meeting.refresh_from_db()
    assert meeting.minutes_validated_on == timezone.localdate()
    assert client.get(address("meeting_minutes_pdf", contract, meeting.pk)).content.startswith(b"%PDF")
    reopened = client.post(
        address("meeting_act", contract, meeting.pk), {"act": "reopen", "reason": "erreur"}, follow=True
    )
    assert "ne se rouvre plus" in reopened.content.decode()
