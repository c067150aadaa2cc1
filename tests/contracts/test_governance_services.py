"""Writing the governance: what is kept, what is refused, what two people cannot do to each other."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faubourg.base import erasure
from faubourg.base.models import Document, JournalEntry
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Attendance, Body, DecisionItem, Mandate, Meeting
from faubourg.contracts.queries.community import directory_of
from faubourg.contracts.queries.decisions import open_before, waiting_for
from faubourg.contracts.services import agenda, attendance, bodies, decisions, mandates, meetings
from faubourg.contracts.services.attendance import Guest, Tick
from faubourg.contracts.services.load_community import bring_community
from faubourg.territories.models import LocalResource
from tests.factories.contracts import ContractFactory
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
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.territories import SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 essai"


@pytest.fixture
def by(db):
    return PersonFactory(name="Ana Diaz").actor


def content_of(document):
    with document.file.open() as file:
        return file.read()


def codes(refused):
    return [reason.code for reason in refused.value.verdict.refusals()]


def test_a_chart_is_a_tree_within_one_contract(by):
    top = BodyFactory()
    under = BodyFactory(contract=top.contract, parent=top)
    with pytest.raises(Refused) as refused:
        bodies.edit_body(body=top, values={"parent": under}, base_version=1, by=by)
    assert codes(refused) == ["parent"]
    with pytest.raises(Refused):
        bodies.add_body(
            contract=ContractFactory(), values={"kind": "other", "name": "Autre", "parent": top}, by=by
        )
    with pytest.raises(Refused):
        bodies.add_body(contract=top.contract, values={"kind": "community", "name": "Acteurs"}, by=by)


def test_two_people_who_edit_a_body_meet(by):
    body = BodyFactory()
    bodies.edit_body(body=body, values={"name": "Premier"}, base_version=1, by=by)
    with pytest.raises(Conflict):
        bodies.edit_body(body=body, values={"name": "Second"}, base_version=1, by=by)
    assert Body.objects.get().name == "Premier"


def test_a_seat_has_one_titular_and_keeps_its_past(by):
    seat = SeatFactory()
    first = mandates.begin_mandate(
        seat=seat, rank="titular", name="Luc", ref=None, starts_on=date(2024, 1, 1), ends_on=None, by=by
    )
    again = {"seat": seat, "rank": "titular", "name": "Zoé", "ref": None, "ends_on": None, "by": by}
    with pytest.raises(Refused):
        mandates.begin_mandate(**again, starts_on=date(2024, 6, 1))
    mandates.end_mandate(mandate=first, ends_on=date(2024, 5, 31), by=by)
    mandates.begin_mandate(**again, starts_on=date(2024, 6, 1))
    with pytest.raises(Refused):
        mandates.end_mandate(mandate=first, ends_on=date(2024, 7, 1), by=by)
    assert Mandate.objects.count() == 2


def test_a_seat_that_sat_at_a_meeting_is_not_removed(by):
    row = AttendanceFactory(seat=SeatFactory())
    with pytest.raises(Refused):
        bodies.remove_seat(seat=row.seat, by=by)
    free = SeatFactory()
    bodies.remove_seat(seat=free, by=by)
    assert not free.body.seats.exists()


def test_a_convocation_is_kept_as_sent_and_a_moved_meeting_is_convened_again(by):
    meeting = PointFactory().meeting
    MandateFactory(seat=SeatFactory(body=meeting.body), person_name="Luc Petit")
    meetings.convene_meeting(meeting=meeting, convocation=PDF, by=by)
    kept = Document.objects.get(purpose=f"convocation:{meeting.pk}")
    assert content_of(kept) == PDF
    assert Attendance.objects.get().person_name == "Luc Petit"
    meeting.refresh_from_db()
    values = {
        "starts_at": meeting.starts_at + timedelta(days=1),
        "ends_at": meeting.ends_at + timedelta(days=1),
    }
    moved = meetings.update_meeting(meeting=meeting, values=values, base_version=meeting.version, by=by)
    assert (moved.state, moved.convened_at) == ("planned", None)
    assert moved.version == 3
    with pytest.raises(Conflict):
        meetings.update_meeting(meeting=meeting, values=values, base_version=1, by=by)


def test_the_quorum_is_kept_as_it_was_judged(by):
    body = BodyFactory(quorum_bp=5_000)
    seats = [SeatFactory(body=body) for _ in range(3)]
    meeting = MeetingFactory(body=body, past=True)
    for seat in seats[:2]:
        AttendanceFactory(meeting=meeting, seat=seat)
    held = meetings.hold_meeting(meeting=meeting, by=by)
    assert (held.quorum["ok"], held.quorum["needed"], held.quorum["present"]) == (True, 2, 2)
    bodies.edit_body(body=body, values={"quorum_bp": 10_000}, base_version=1, by=by)
    assert Meeting.objects.get().quorum["ok"] is True
    with pytest.raises(Refused):
        attendance.record_attendance(meeting=held, ticks=[], guests=[], printed="", count=None, by=by)
    meetings.reopen_meeting(meeting=held, reason="Une présence oubliée", by=by)
    assert meetings.hold_meeting(meeting=held, by=by).quorum["ok"] is False


def test_a_cancelled_meeting_is_restored_and_says_why_it_was(by):
    meeting = MeetingFactory()
    with pytest.raises(Refused) as refused:
        meetings.cancel_meeting(meeting=meeting, reason=" ", by=by)
    assert codes(refused) == ["reason"]
    meetings.cancel_meeting(meeting=meeting, reason="Élections", by=by)
    assert JournalEntry.objects.latest("seq").reason == "Élections"
    with pytest.raises(Refused):
        decisions.record_decision(meeting=meeting, values={"text": "Rien"}, by=by)
    assert meetings.restore_meeting(meeting=meeting, by=by).state == "planned"


def test_two_people_tick_at_once_and_only_meet_on_one_line(by):
    meeting = MeetingFactory()
    one, two = (SeatFactory(body=meeting.body) for _ in range(2))
    same = {"meeting": meeting, "guests": [], "printed": "", "count": None, "by": by}
    attendance.record_attendance(ticks=[Tick(one.pk, "invited", "", "present", "Luc")], **same)
    attendance.record_attendance(ticks=[Tick(two.pk, "invited", "", "excused", "")], **same)
    assert Attendance.objects.count() == 2
    with pytest.raises(Conflict):
        attendance.record_attendance(ticks=[Tick(one.pk, "invited", "", "absent", "")], **same)
    # What the other wrote is what I meant: nothing to argue about.
    attendance.record_attendance(ticks=[Tick(one.pk, "invited", "", "present", "Luc")], **same)
    assert Attendance.objects.get(seat=one).status == "present"


def test_people_without_a_seat_come_and_go(by):
    meeting, organisation = MeetingFactory(), OrganisationFactory()
    same = {"meeting": meeting, "ticks": [], "by": by}
    attendance.record_attendance(
        **same, guests=[Guest(None, "Zoé", organisation)], printed="une trentaine", count=30
    )
    row = Attendance.objects.get()
    assert (row.person_name, row.organisation, row.status) == ("Zoé", organisation, "present")
    attendance.record_attendance(**same, guests=[Guest(row.pk, "")], printed="une trentaine", count=30)
    assert not Attendance.objects.exists()


def test_the_agenda_and_the_minutes_refuse_what_was_written_over_another_text(by):
    meeting = MeetingFactory(minutes="Au début.")
    base = agenda.seen("Au début.")
    agenda.write_minutes(meeting=meeting, text="Le premier texte.", base=base, by=by)
    with pytest.raises(Conflict):
        agenda.write_minutes(meeting=meeting, text="Le second texte.", base=base, by=by)
    agenda.write_minutes(meeting=meeting, text="Le premier texte.\r\n", base=base, by=by)
    row = {"pk": None, "part": "technical", "title": "Un point", "minutes": 10}
    agenda.write_agenda(meeting=meeting, rows=[row], base=agenda.seen(""), by=by)
    with pytest.raises(Conflict):
        agenda.write_agenda(meeting=meeting, rows=[], base=agenda.seen(""), by=by)
    assert meeting.agenda.get().title == "Un point"


def test_minutes_are_validated_once_held_and_then_stand(by):
    meeting = MeetingFactory(past=True)
    with pytest.raises(Refused):
        agenda.validate_minutes(meeting=meeting, on=date(2024, 6, 1), by=by)
    meetings.hold_meeting(meeting=meeting, by=by)
    with pytest.raises(Refused) as refused:
        agenda.validate_minutes(meeting=meeting, on=date(2024, 6, 1), by=by)
    assert codes(refused) == ["minutes"]
    agenda.write_minutes(meeting=meeting, text="Dit.", base=agenda.seen(""), by=by)
    agenda.validate_minutes(meeting=meeting, on=date(2024, 6, 1), by=by)
    with pytest.raises(Refused):
        agenda.write_minutes(meeting=meeting, text="Autre.", base=agenda.seen("Dit."), by=by)


def test_a_decision_follows_the_body_from_meeting_to_meeting_until_closed(by):
    body, owner = BodyFactory(), PersonFactory()
    first = MeetingFactory(body=body, starts_at=timezone.now() - timedelta(days=90))
    second, third = (
        MeetingFactory(body=body, starts_at=timezone.now() - timedelta(days=n)) for n in (60, 30)
    )
    promise = decisions.record_decision(
        meeting=first, values={"text": "Réparer", "owner_ref": owner.ref, "owner_name": str(owner)}, by=by
    )
    other = DecisionFactory(meeting=MeetingFactory(past=True))
    assert list(open_before(second)) == [promise]
    assert list(open_before(first)) == []
    assert waiting_for(owner.ref) == [promise]
    decisions.tell_of(decision=promise, text="Devis reçu.", on=date(2024, 6, 1), meeting=second, by=by)
    with pytest.raises(Refused):
        decisions.tell_of(decision=other, text="Ailleurs.", on=date(2024, 6, 1), meeting=second, by=by)
    with pytest.raises(Refused) as refused:
        decisions.close_decision(decision=promise, evidence="", on=date(2024, 6, 1), by=by)
    assert codes(refused) == ["evidence"]
    day = timezone.localdate(second.starts_at)
    upload = SimpleUploadedFile("pv.pdf", PDF)
    closed = decisions.close_decision(decision=promise, evidence="PV signé", upload=upload, on=day, by=by)
    assert content_of(closed.document) == PDF
    assert (list(open_before(second)), list(open_before(third)), waiting_for(owner.ref)) == (
        [promise],
        [],
        [],
    )
    decisions.reopen_decision(decision=promise, reason="Panne de nouveau", on=day, by=by)
    assert list(open_before(third)) == [promise]
    with pytest.raises(Refused):
        decisions.drop_decision(decision=promise, reason="", on=day, by=by)
    assert (
        decisions.drop_decision(decision=promise, reason="Immeuble vendu", on=day, by=by).state == "dropped"
    )


def test_a_decision_changed_by_two_people_loses_neither(by):
    decision = DecisionFactory()
    decisions.amend_decision(decision=decision, values={"text": "Un"}, base_version=1, by=by)
    with pytest.raises(Conflict):
        decisions.amend_decision(decision=decision, values={"text": "Deux"}, base_version=1, by=by)
    decisions.drop_decision(decision=decision, reason="Sans objet", on=date(2024, 6, 1), by=by)
    with pytest.raises(Refused):
        decisions.amend_decision(decision=decision, values={"text": "Trois"}, base_version=3, by=by)


def test_a_closed_account_leaves_no_name_behind(by):
    person = PersonFactory(name="Zoé Blanc")
    mandate = MandateFactory(person_ref=person.ref, person_name="Zoé Blanc")
    row = AttendanceFactory(person_ref=person.ref, person_name="Zoé Blanc")
    decision = DecisionFactory(owner_ref=person.ref, owner_name="Zoé Blanc")
    told = NoteFactory(by=person.ref, by_name="Zoé Blanc")
    erasure.erase(person.ref)
    for thing in (mandate, row, decision, told):
        thing.refresh_from_db()
    assert (mandate.person_name, row.person_name, decision.owner_name, told.by_name) == ("", "", "", "")


def test_the_directory_of_a_community_gathers_documents_and_presence():
    place = TerritoryFactory(neighbourhood=True)
    body = BodyFactory(community=True, territory=place)
    for name in ("L’Arche", "AVEC 63"):
        LocalResource.objects.create(territory=place, kind="association", name=name, source=SourceFactory())
    arche, school = OrganisationFactory(name="L'ARCHE"), OrganisationFactory(name="École")
    for meeting in (MeetingFactory(body=body), MeetingFactory(body=body)):
        AttendanceFactory(meeting=meeting, organisation=arche)
    AttendanceFactory(meeting=meeting, organisation=school)
    AttendanceFactory(meeting=meeting, organisation=OrganisationFactory(name="Excusée"), status="excused")
    found = directory_of(body)
    assert [(actor.name, actor.meetings) for actor in found] == [("AVEC 63", 0), ("École", 1), ("L’Arche", 2)]


def test_the_first_meeting_of_the_actors_of_centre_is_loaded_once():
    assert not bring_community()
    ContractFactory(code="CN06302M")
    TerritoryFactory(neighbourhood=True, code="QN06307N")
    assert bring_community().created == 2
    meeting = Meeting.objects.get()
    assert timezone.localdate(meeting.starts_at) == date(2024, 3, 15)
    assert f"{timezone.localtime(meeting.starts_at):%A}" == "Friday"
    assert (meeting.printed_attendance, meeting.present_count) == ("une cinquantaine de personnes", 50)
    assert not meeting.hour_known
    Body.objects.update(name="Renommée", version=2)
    Meeting.objects.update(title="Renommée")
    assert not bring_community()
    assert Body.objects.get().name == "Renommée"


@time_machine.travel("2024-06-01 10:00:00+02:00")
def test_what_is_open_is_late_the_day_after():
    from faubourg.contracts.governance_listings import state_of

    assert state_of(DecisionFactory(due_on=date(2024, 6, 1))) == "à faire"
    assert state_of(DecisionFactory(due_on=date(2024, 5, 31))) == "en retard"
    done = DecisionFactory(
        due_on=date(2024, 5, 31), state=DecisionItem.State.DONE, closed_on=date(2024, 5, 1)
    )
    assert state_of(done) == "fait"
