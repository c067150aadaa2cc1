"""Bad input, bad luck, other people: two note-takers, strangers, odd names, files and addresses."""

from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from faubourg.base.journal import history_of
from faubourg.contracts.models import DecisionItem, Meeting
from faubourg.contracts.queries.meetings import agenda_of
from faubourg.contracts.services import agenda as services
from faubourg.contracts.views.meeting_document import convocation
from tests.factories.contracts import ContractFactory
from tests.factories.governance import (
    AttendanceFactory,
    BodyFactory,
    DecisionFactory,
    MeetingFactory,
    PointFactory,
    SeatFactory,
)
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


def address(name, thing, *args):
    return reverse(name, args=[thing.code, *args])


@pytest.fixture
def copil(town):
    return BodyFactory(contract=town.contract, name="Comité de pilotage", quorum_bp=5000)


def test_two_note_takers_see_both_texts_and_choose(client, town, officer, copil):
    meeting = MeetingFactory(body=copil)
    client.force_login(officer)
    page = address("meeting_minutes", town.contract, meeting.pk)
    base = client.get(page).context["form"]["base"].value()
    services.write_minutes(meeting=meeting, text="Le texte de Luc.", base=base, by=PersonFactory().actor)
    conflict = client.post(page, {"minutes": "Le texte d’Ana.", "base": base})
    told = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Le texte de Luc." in told
    assert told.count("Le texte d’Ana.") == 2  # beside theirs, and in the form
    assert Meeting.objects.get().minutes == "Le texte de Luc."
    again = conflict.context["form"]["base"].value()
    assert client.post(page, {"minutes": "Le texte d’Ana.", "base": again}).status_code == 302
    assert Meeting.objects.get().minutes == "Le texte d’Ana."


def test_two_writers_of_an_agenda_see_both(client, town, officer, copil):
    meeting = MeetingFactory(body=copil)
    client.force_login(officer)
    page = address("meeting_agenda", town.contract, meeting.pk)
    base = client.get(page).context["base"]
    PointFactory(meeting=meeting, title="Le point de Luc")
    lines = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "base": base, "form-0-title": "Mon point",
        "form-0-part": "social", "form-0-minutes": "", "form-0-rank": "",
    }  # fmt: skip
    conflict = client.post(page, lines)
    told = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Le point de Luc" in told
    assert "Mon point" in told


def test_a_body_changed_meanwhile_says_what_stands_beside_what_is_typed(client, town, officer, copil):
    client.force_login(officer)
    page = address("body_edit", town.contract, copil.pk)
    sent = {"kind": "steering", "name": "Le mien", "territory": "", "parent": "", "version": "7"}
    told = client.post(page, sent)
    assert told.status_code == 422
    assert "Enregistré entre-temps : Comité de pilotage" in told.content.decode().replace("\u00a0", " ")
    copil.refresh_from_db()
    assert copil.name == "Comité de pilotage"
    assert client.post(page, sent | {"version": "1", "quorum": "33,34"}).status_code == 302
    copil.refresh_from_db()
    assert (copil.name, copil.quorum_bp) == ("Le mien", 3334)


def test_a_number_of_another_contract_is_not_found(client, town, officer, copil):
    other = ContractFactory(borne_by=[town.epci])
    client.force_login(officer)
    decision = DecisionFactory(meeting=MeetingFactory(body=copil))
    for name, thing in (("body", copil), ("meeting", decision.meeting), ("decision", decision)):
        assert client.get(address(name, other, thing.pk)).status_code == 404
        assert client.get(address(name, town.contract, thing.pk)).status_code == 200
    foreign = SeatFactory()
    assert client.get(address("seat", town.contract, foreign.pk)).status_code == 404
    assert (
        client.post(address("mandate_end", town.contract, 10**9), {"ends_on": "2024-01-01"}).status_code
        == 404
    )


def test_the_owner_without_a_role_follows_their_decision_and_nothing_else(client, town, copil):
    owner = PersonFactory(name="Zoé Blanc")
    decision = DecisionFactory(meeting=MeetingFactory(body=copil, past=True), owner_ref=owner.ref)
    client.force_login(owner)
    page = address("decision", town.contract, decision.pk)
    assert client.get(page).status_code == 200
    assert client.get(address("contract_decisions", town.contract)).status_code == 403
    told = client.post(address("decision_tell", town.contract, decision.pk), {"text": "C’est en cours."})
    assert told["Location"] == page
    close = address("decision_close", town.contract, decision.pk)
    assert client.post(close, {"end": "dropped", "evidence": "non"}).status_code == 403
    assert client.post(close, {"end": "done", "evidence": ""}).status_code == 422
    assert client.post(close, {"end": "done", "evidence": "Fait"}).status_code == 302
    assert client.post(close, {"end": "done", "evidence": "Fait"}).status_code == 422
    assert DecisionItem.objects.get().closed_by == owner.ref


def test_a_name_that_two_accounts_bear_is_asked_for_by_its_address(client, town, officer, copil):
    client.force_login(officer)
    meeting = MeetingFactory(body=copil, past=True)
    twins = [
        RoleGrantFactory(
            person=PersonFactory(name="Luc Petit"), role="elected", scope_kind="contract",
            scope_code=town.contract.code,
        ).person
        for _ in range(2)
    ]  # fmt: skip
    page = address("decision_add", town.contract, meeting.pk)
    assert "adresse électronique" in client.post(page, {"text": "A", "owner": "luc petit"}).content.decode()
    assert client.post(page, {"text": "A", "owner": twins[1].email}).status_code == 302
    assert client.post(page, {"text": "B", "owner": "Quelqu’un d’ailleurs"}).status_code == 302
    refs = dict(DecisionItem.objects.values_list("text", "owner_ref"))
    assert refs == {"A": twins[1].ref, "B": None}


def test_an_organisation_is_recognised_whatever_its_accents_and_an_unknown_one_is_refused(
    client, town, officer, copil
):
    region = OrganisationFactory(name="Région Auvergne-Rhône-Alpes")
    client.force_login(officer)
    page = address("seat_add", town.contract, copil.pk)
    seat = {"title": "Région", "part": "member", "organisation": "region auvergne rhone alpes"}
    assert client.post(page, seat).status_code == 302
    assert copil.seats.get().organisation == region
    assert client.post(page, seat | {"organisation": "Région Auvergne"}).status_code == 422


def test_what_is_typed_is_shown_as_text_and_printed_as_text(client, town, officer, copil):
    client.force_login(officer)
    hostile = "<script>alert(1)</script> #let x = 1 \u202e 北"
    meeting = MeetingFactory(body=copil, title=hostile, minutes=f"{hostile}\n\n{hostile}", past=True)
    PointFactory(meeting=meeting, title=hostile)
    AttendanceFactory(meeting=meeting, person_name=hostile)
    DecisionFactory(meeting=meeting, text=hostile)
    for name in ("meeting", "meeting_minutes"):
        told = client.get(address(name, town.contract, meeting.pk)).content.decode()
        assert "<script>alert" not in told
    printed = client.get(address("meeting_minutes_pdf", town.contract, meeting.pk))
    assert printed.content.startswith(b"%PDF")
    calendar = client.get(address("contract_calendar", town.contract)).content.decode()
    assert "\u202e" not in calendar


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "9999-01-01"},
        {"day": "0001-01-01"},
        {"day": "hier"},
        {"starts": "10:00", "ends": "09:00"},
        {"starts": "10:00", "ends": ""},
        {"title": "x" * 201},
        {"starts": "25:00"},
    ],
)
def test_an_impossible_meeting_is_refused_and_what_was_typed_stays(client, town, officer, copil, changes):
    client.force_login(officer)
    sent = {"title": "COPIL", "day": "2027-01-15", "starts": "09:30", "ends": "11:00", "place": "Mairie"}
    response = client.post(address("meeting_add", town.contract, copil.pk), sent | changes)
    assert response.status_code == 422
    assert "Mairie" in response.content.decode()
    assert not Meeting.objects.exists()


@time_machine.travel("2027-01-12 10:11:12+01:00")
def test_a_day_alone_is_a_meeting_without_an_hour(client, town, officer, copil):
    client.force_login(officer)
    sent = {"title": "COPIL", "day": "2024-03-15", "starts": "", "ends": "", "place": ""}
    created = client.post(address("meeting_add", town.contract, copil.pk), sent)
    assert not Meeting.objects.get().hour_known
    page = client.get(created["Location"]).content.decode()
    assert "Vendredi 15 mars 2024" in page
    assert "00:00" not in page


def test_the_convocation_is_a_tagged_pdf_in_its_language(town, copil, tmp_path):
    meeting = PointFactory(meeting=MeetingFactory(body=copil, title="COPIL")).meeting
    path = tmp_path / "convocation.pdf"
    path.write_bytes(convocation(meeting, agenda_of(meeting)))
    with pikepdf.open(path) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("fr")
        assert "COPIL" in str(document.docinfo.get("/Title", ""))


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "pdf"])
def test_lists_are_carried_away(client, town, officer, copil, fmt):
    DecisionFactory(meeting=MeetingFactory(body=copil, past=True), owner_ref=officer.ref)
    client.force_login(officer)
    for page in (
        address("contract_decisions", town.contract),
        address("contract_meeting_list", town.contract),
        reverse("my_decisions"),
    ):
        assert client.get(page, {"format": fmt}).status_code == 200


def test_the_list_of_decisions_is_narrowed(client, town, officer, copil):
    past = MeetingFactory(body=copil, past=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    DecisionFactory(meeting=past, text="En retard", due_on=yesterday, owner_name="Luc")
    DecisionFactory(meeting=past, text="Sans échéance")
    DecisionFactory(meeting=past, text="Faite", state="done", closed_on=yesterday)
    client.force_login(officer)

    def found(**asked):
        listing = client.get(address("contract_decisions", town.contract), asked).context["listing"]
        return {decision.text for decision in listing.queryset}

    assert found() == {"En retard", "Sans échéance", "Faite"}
    assert found(etat="retard") == {"En retard"}
    assert found(etat="ouvertes") == {"En retard", "Sans échéance"}
    assert found(q="luc") == {"En retard"}
    assert found(instance=copil.pk, etat="faites") == {"Faite"}


def test_a_mandate_is_opened_ended_and_named_in_no_public_history(client, town, officer, copil):
    seat = SeatFactory(body=copil)
    client.force_login(officer)
    sent = {"person": "Dominique Faure", "rank": "titular", "starts_on": "2024-01-01", "ends_on": ""}
    assert client.post(address("mandate_add", town.contract, seat.pk), sent).status_code == 302
    assert client.post(address("mandate_add", town.contract, seat.pk), sent).status_code == 422
    mandate = seat.mandates.get()
    client.post(address("mandate_end", town.contract, mandate.pk), {"ends_on": "2024-12-31"})
    mandate.refresh_from_db()
    assert f"{mandate.ends_on}" == "2024-12-31"
    assert not any("Dominique" in entry.payload for entry in history_of("body", str(copil.pk)))


@pytest.mark.parametrize("name", ["contract_governance", "contract_meetings", "contract_meeting_list"])
def test_a_code_in_lower_case_is_forgiven(client, town, name):
    assert client.get(reverse(name, args=[town.contract.code.lower()])).status_code == 301
    assert client.get(reverse(name, args=["CN00000X"])).status_code == 404
