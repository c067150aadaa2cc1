"""Lateness that climbs from the referent to the hierarchy, then to the coordination; told once each."""

from datetime import UTC, date, datetime

import pytest

from faubourg.proximity.models import AreaSeat, News, Ticket
from faubourg.proximity.services.lateness import tell_lateness
from tests.factories.proximity import (
    ArbitrationFactory,
    AreaFactory,
    AreaSeatFactory,
    PartnerFactory,
    ReferentFactory,
    TicketFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket():
    """Due on Monday 2 March 2026."""
    area = AreaFactory()
    partner = PartnerFactory(area=area, chief_email="chef@exemple.fr")
    ReferentFactory(partner=partner, email="referente@exemple.fr")
    coordinator = AreaSeatFactory(area=area, task=AreaSeat.Task.COORDINATOR).person
    coordinator.email = "coordination@exemple.fr"
    coordinator.save()
    return TicketFactory(area=area, partner=partner, state="assigned", due_on=date(2026, 3, 2))


def at(day, month=3):
    return datetime(2026, month, day, 9, tzinfo=UTC)


def told():
    return list(News.objects.order_by("pk").values_list("to", flat=True))


@pytest.mark.parametrize(
    ("now", "whom"),
    [
        (at(2), []),
        (at(3), ["referente@exemple.fr"]),
        (at(9), ["referente@exemple.fr", "chef@exemple.fr"]),
        (at(16), ["referente@exemple.fr", "chef@exemple.fr", "coordination@exemple.fr"]),
    ],
)
def test_each_hears_of_it_in_turn(ticket, now, whom):
    assert tell_lateness(now) == len(whom)
    assert told() == whom
    assert tell_lateness(now) == 0
    assert told() == whom


@pytest.mark.parametrize("state", ["new", "qualified"])
def test_what_nobody_has_yet_is_late_for_the_coordination(ticket, state):
    Ticket.objects.update(state=state, partner=None)
    assert tell_lateness(at(2)) == 0
    assert tell_lateness(at(3)) == 1
    assert told() == ["coordination@exemple.fr"]
    assert "attribué" in News.objects.get().text
    assert tell_lateness(at(16)) == 0
    Ticket.objects.update(state="assigned", partner=ticket.partner)
    assert tell_lateness(at(16)) == 3


def test_a_place_of_nobody_is_late_when_its_arbitration_is(ticket):
    Ticket.objects.update(state="unowned", partner=None)
    ArbitrationFactory(ticket=ticket, opened_on=date(2026, 3, 2), due_on=date(2026, 3, 12))
    assert tell_lateness(at(12)) == 0
    assert tell_lateness(at(13)) == 1
    assert told() == ["coordination@exemple.fr"]
    assert "12 mars 2026" in News.objects.get().text
    assert "rbitr" in News.objects.get().text
    assert tell_lateness(at(30)) == 0


def test_what_is_done_is_not_late(ticket):
    ticket.state = "declared_done"
    ticket.save()
    assert tell_lateness(at(16)) == 0


def test_a_new_delay_is_told_anew(ticket):
    tell_lateness(at(3))
    ticket.due_on = date(2026, 4, 1)
    ticket.save()
    assert tell_lateness(at(2, month=4)) == 1


def test_the_service_hears_when_nobody_is_in_post(ticket):
    ticket.partner.referents.update(until=date(2021, 1, 1))
    ticket.partner.email = "service@exemple.fr"
    ticket.partner.save()
    tell_lateness(at(3))
    assert told() == ["service@exemple.fr"]


def test_nothing_of_a_resident_is_in_the_message(ticket):
    ticket.contact_name, ticket.text = "Madame Secrète", "Chez mon voisin du troisième"
    ticket.save()
    tell_lateness(at(3))
    news = News.objects.get()
    assert ticket.reference in news.subject
    assert "Secrète" not in news.text
    assert "voisin" not in news.text


def test_late_reports_told_cost_no_more_questions(ticket, django_assert_max_num_queries):
    tell_lateness(at(3))
    with django_assert_max_num_queries(2):
        tell_lateness(at(3))
