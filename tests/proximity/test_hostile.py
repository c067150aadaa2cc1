"""Bad luck and bad people: what somebody hostile tries on reports, photographs, walks and messages."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.models import Job, JournalEntry
from faubourg.base.refusal import Conflict, Refused
from faubourg.people.models import RoleGrant
from faubourg.proximity.models import AreaSeat, News, Ticket
from faubourg.proximity.queries.referents import has_referent
from faubourg.proximity.services import news as telling
from faubourg.proximity.services import (
    purging,
    reporter,
    settling,
    waiting_photos,
)
from faubourg.proximity.services.erasing import erase_names
from faubourg.proximity.services.filing import WITHOUT_ACCOUNT, Filing, file_same, file_ticket
from faubourg.proximity.services.walk_tickets import file_from_walk
from faubourg.proximity.views import robots
from tests.factories.people import MembershipFactory, PersonFactory, RoleGrantFactory
from tests.factories.proximity import (
    LAT,
    LON,
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    ObservationFactory,
    PartnerFactory,
    PhotoFactory,
    ReferentFactory,
    TicketFactory,
    TicketPartnerFactory,
    WalkFactory,
)

from .test_keep_photo import taken

pytestmark = pytest.mark.django_db
TEAM = Actor(ref=None, name="L’équipe")
DONE = {"state": "declared_done", "declared_done_at": "2026-03-05T10:00:00Z"}


@pytest.fixture
def area():
    return AreaFactory(code="ville")


def a_filing(category, **more):
    told = {"area": category.area, "category": category, "lon": LON, "lat": LAT, "client_id": uuid.uuid4()}
    return Filing(**{**told, **more})


def filed(category, by=WITHOUT_ACCOUNT, **more):
    return file_ticket(filing=a_filing(category, **more), by=by, at=timezone.now())


class TestWhoSaysThatItIsDone:
    def test_whoever_declared_it_done_does_not_verify_it(self, client, area):
        person = AreaSeatFactory(area=area).person
        ticket = TicketFactory(area=area, partner=PartnerFactory(area=area), **DONE)
        ticket.steps.create(
            before="assigned", after="declared_done", move="declare_done", on="2026-03-05", by=person.ref
        )
        client.force_login(person)
        answer = client.post(reverse("ticket_check", args=[ticket.reference]), {"repaired": "yes"})
        assert answer.status_code == 403
        assert not ticket.checks.exists()

    def test_a_partner_who_did_a_part_does_not_verify_it(self, client, area):
        ticket = TicketFactory(area=area, partner=PartnerFactory(area=area), **DONE)
        share = TicketPartnerFactory(ticket=ticket)
        client.force_login(ReferentFactory(partner=share.partner).person)
        answer = client.post(reverse("ticket_check", args=[ticket.reference]), {"repaired": "yes"})
        assert answer.status_code == 403

    @pytest.mark.parametrize("who", ["team", "agent", "delegate", "other partner", "colleague"])
    def test_only_residents_and_relays_verify_it(self, client, area, who):
        partner = PartnerFactory(area=area)
        ticket = TicketFactory(area=area, partner=partner, **DONE)
        person = PersonFactory()
        match who:
            case "team" | "agent":
                task = AreaSeat.Task.COORDINATOR if who == "team" else AreaSeat.Task.AGENT
                AreaSeatFactory(area=area, person=person, task=task)
                AreaSeatFactory(area=area, person=person, task=AreaSeat.Task.RELAY)
            case "delegate":
                role = RoleGrant.Role.PREFECT_DELEGATE
                RoleGrantFactory(
                    person=person, role=role, scope_kind=area.territory.kind, scope_code=area.territory.code
                )
            case "other partner":
                ReferentFactory(partner=PartnerFactory(area=area), person=person)
            case "colleague":
                MembershipFactory(person=person, organisation=partner.organisation)
        client.force_login(person)
        answer = client.post(reverse("ticket_check", args=[ticket.reference]), {"repaired": "yes"})
        assert answer.status_code == 403
        own = client.post(reverse("report_say", args=[ticket.key]), {"done": "yes"})
        assert own.status_code == 403
        assert not ticket.checks.exists()

    def test_an_account_reopens_nothing_that_was_closed(self, client, area):
        ticket = TicketFactory(area=area, partner=PartnerFactory(area=area), state="closed")
        client.force_login(PersonFactory())
        client.post(reverse("ticket_check", args=[ticket.reference]), {"repaired": "no", "text": "Non"})
        ticket.refresh_from_db()
        assert (ticket.state, ticket.reopened) == ("closed", 0)

    def test_the_same_sent_after_it_was_declared_done_gives_no_key_to_verify_it(self, area):
        category = CategoryFactory(area=area)
        first = TicketFactory(area=area, category=category, partner=PartnerFactory(area=area), **DONE)
        second = file_same(filing=a_filing(category), original=first, by=WITHOUT_ACCOUNT, at=timezone.now())
        assert (second.state, second.original) == ("new", None)


class TestWhoIsNamed:
    def test_the_name_of_whoever_reported_is_for_the_team_alone(self, client, area):
        resident = PersonFactory(name="Awa Personne")
        ticket = filed(CategoryFactory(area=area), by=resident.actor, person=resident)
        client.force_login(ReferentFactory(partner=PartnerFactory(area=area)).person)
        page = client.get(reverse("ticket", args=[ticket.reference])).content.decode()
        assert "Awa Personne" not in page
        client.force_login(AreaSeatFactory(area=area).person)
        assert "Awa Personne" in client.get(reverse("ticket", args=[ticket.reference])).content.decode()

    def test_no_landlord_reads_who_lives_badly(self, client, area):
        housing = CategoryFactory(area=area, theme="housing")
        ticket = TicketFactory(area=area, category=housing, text="Mme Ouvrard, porte 12, des rats")
        photo = PhotoFactory(ticket=ticket)
        client.force_login(ReferentFactory(partner=PartnerFactory(area=area, kind="landlord")).person)
        assert "Ouvrard" not in client.get(reverse("ticket", args=[ticket.reference])).content.decode()
        assert client.get(reverse("photo_private", args=[photo.pk])).status_code == 403
        client.force_login(AreaSeatFactory(area=area).person)
        assert "Ouvrard" in client.get(reverse("ticket", args=[ticket.reference])).content.decode()

    def test_it_goes_with_the_contact(self, area):
        resident = PersonFactory(name="Awa Personne")
        ticket = filed(CategoryFactory(area=area), by=resident.actor, person=resident)
        Ticket.objects.filter(pk=ticket.pk).update(state="closed", closed_at="2020-01-01T00:00:00Z")
        purging.purge(timezone.now())
        assert not ticket.steps.exclude(by_name="", by=None).exists()

    def test_a_closed_account_leaves_no_address_in_what_was_sent(self, area):
        person = PersonFactory()
        ticket = TicketFactory(area=area, person=person, answer_by="email", contact="awa@exemple.fr")
        News.objects.create(
            cause="ticket-step:1:reporter", area=area, ticket=ticket, channel="email", to="awa@exemple.fr",
            text="…", state="sent",
        )  # fmt: skip
        erase_names(person.ref)
        assert not News.objects.filter(to__contains="awa").exists()

    def test_a_closed_account_leaves_its_posts_vacant_at_once(self, client, area):
        person = PersonFactory(name="Awa Ouvrard")
        post = ReferentFactory(
            partner=PartnerFactory(area=area), person=person, name="Awa Ouvrard", title="Référente propreté",
            email="awa@exemple.fr", since=date(2024, 1, 1),
        )  # fmt: skip
        seat = AreaSeatFactory(area=area, person=person, since=date(2024, 1, 1))
        erase_names(person.ref)
        erase_names(person.ref)
        post.refresh_from_db()
        assert (post.name, post.email, post.shown, post.title) == (
            "", "", "compte fermé", "Référente propreté",
        )  # fmt: skip
        assert not has_referent(post.partner)
        seat.refresh_from_db()
        assert seat.until < timezone.localdate()

    @pytest.mark.parametrize("end", ["rouvrir/", "fait/"])
    def test_what_a_resident_types_stays_out_of_the_journal(self, client, area, end):
        state = {"state": "closed"} if end == "rouvrir/" else DONE
        partner = ReferentFactory(partner__area=area).partner
        ticket = TicketFactory(area=area, partner=partner, **state)
        client.post(f"/s/{ticket.key}/{end}", {"done": "no", "word": "Mme Ouvrard du 3e le jette"})
        ticket.refresh_from_db()
        assert ticket.state == "assigned"
        assert ticket.steps.get().note == "Mme Ouvrard du 3e le jette"
        assert not JournalEntry.objects.filter(payload__contains="Ouvrard").exists()

    def test_whoever_reported_sees_no_unseen_photograph_of_somebody_else(self, client, area):
        ticket = TicketFactory(area=area)
        mine, theirs = PhotoFactory(ticket=ticket), PhotoFactory(ticket=ticket, moment="after")
        shown = client.get(f"/s/{ticket.key}/photos/{mine.pk}/")
        assert b"".join(shown.streaming_content)
        hidden = client.get(f"/s/{ticket.key}/photos/{theirs.pk}/")
        assert hidden.status_code == 404
        assert f"/photos/{theirs.pk}/" not in client.get(f"/s/{ticket.key}/").content.decode()

    def test_why_a_refusal_is_looked_at_again_is_not_public(self, client, area):
        ticket = TicketFactory(area=area, state="refused", public_reason="Terrain privé")
        settling.reconsider(
            ticket=ticket, reason="M. Ouvrard a rappelé", base_version=ticket.version, by=TEAM
        )
        page = client.get(reverse("ticket", args=[ticket.reference])).content.decode()
        assert "Ouvrard" not in page


class TestOneIdentity:
    def test_the_number_of_a_note_opens_no_report_of_a_walk(self, area):
        category = CategoryFactory(area=area)
        row = ObservationFactory(walk=WalkFactory(area=area, state="done"), theme=category.theme)
        ticket = file_from_walk(observation=row, category=category, by=TEAM, at=timezone.now())
        assert filed(category, client_id=row.client_id).pk != ticket.pk

    def test_a_report_sent_first_under_the_number_of_a_note_is_not_taken_for_it(self, area):
        category = CategoryFactory(area=area)
        row = ObservationFactory(walk=WalkFactory(area=area, state="done"), theme=category.theme)
        planted = filed(category, client_id=row.client_id)
        assert file_from_walk(observation=row, category=category, by=TEAM, at=timezone.now()) != planted

    def test_nor_is_one_of_another_area(self, area):
        elsewhere = filed(CategoryFactory())
        with pytest.raises(Refused):
            filed(CategoryFactory(area=area), client_id=elsewhere.client_id)


class TestFloods:
    def test_photographs_that_are_never_sent_do_not_fill_the_disk(self, client, area, monkeypatch):
        CategoryFactory(area=area, code="litter")
        monkeypatch.setattr(robots, "MOST_AN_HOUR", 3)
        told = {"category": "litter", "go": "photo"}
        for _ in range(3):
            client.post("/signaler/ville/", {**told, "file": taken()})
        monkeypatch.setattr(waiting_photos, "keep", lambda **_: pytest.fail("kept"))
        answer = client.post("/signaler/ville/", {**told, "file": taken()})
        assert answer.status_code == 422

    def test_nor_do_those_of_many_addresses(self, monkeypatch):
        monkeypatch.setattr(waiting_photos, "MOST_WAITING", len_waiting() + 1)
        waiting_photos.keep(upload=taken())
        with pytest.raises(Refused):
            waiting_photos.keep(upload=taken())


def len_waiting():
    return waiting_photos.how_many()


class TestMessages:
    def test_a_gateway_that_breaks_is_tried_again_then_seen(self, area, monkeypatch):
        class Broken:
            def send(self, message):
                raise ValueError("no such service")

        monkeypatch.setattr(telling, "gateway_for", lambda channel: Broken())
        telling.owe(cause="a", area=area, channel="sms", to="0612345678", text="…")
        news = News.objects.get()
        telling.take_up(timezone.now())
        for _ in range(telling.MOST_ATTEMPTS):
            telling.send(pk=news.pk)
        news.refresh_from_db()
        assert news.state == "failed"
        assert Job.objects.filter(task=telling.TASK).count() == telling.MOST_ATTEMPTS

    def test_whoever_reported_does_not_silence_what_a_late_partner_is_told(self, area):
        ticket = TicketFactory(area=area, answer_by="sms", contact="0612345678")
        told = {"area": area, "ticket": ticket, "text": "…"}
        telling.owe(cause="late:1:x", channel="email", to="referente@exemple.fr", **told)
        telling.owe(cause="ticket-step:1:reporter", channel="sms", to="0612345678", **told)
        reporter.silence(ticket=ticket, by=WITHOUT_ACCOUNT)
        assert [one.cause for one in News.objects.all()] == ["late:1:x"]
        reporter.erase_contact(ticket=ticket, by=WITHOUT_ACCOUNT)
        assert News.objects.get().to == "referente@exemple.fr"


class TestRaces:
    def test_no_chain_when_the_first_report_became_a_duplicate_meanwhile(self, area, monkeypatch):
        one, two, three = (TicketFactory(area=area, state="qualified") for _ in range(3))
        real = settling.Ticket.objects.select_for_update

        def meanwhile():
            Ticket.objects.filter(pk=two.pk).update(original=three, state="duplicate")
            return real()

        monkeypatch.setattr(settling.Ticket.objects, "select_for_update", meanwhile)
        with pytest.raises(Conflict):
            settling.mark_duplicate(ticket=one, original=two, base_version=one.version, by=TEAM)
