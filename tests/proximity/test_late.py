"""What is late is the same in the list, the panel, the counts, the sheet and for those who are told."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.proximity.models import Ticket
from faubourg.proximity.queries.late import is_late
from faubourg.proximity.queries.waiting import late_on
from tests.factories.proximity import (
    ArbitrationFactory,
    AreaFactory,
    AreaSeatFactory,
    PartnerFactory,
    TicketFactory,
)

pytestmark = pytest.mark.django_db
WAITING = ("new", "qualified", "assigned", "planned", "in_progress")


@pytest.fixture
def area():
    return AreaFactory(code="ville")


@pytest.fixture
def delayed(area):
    """References of what is past its day with a partner, before anybody has it, or awaiting an arbitration;
    beside each, one in time.
    """
    past, to_come = (timezone.localdate() + timedelta(days=days) for days in (-10, 10))
    partner = PartnerFactory(area=area, name="La ville")
    for letter, due in (("L", past), ("I", to_come)):
        for state in WAITING:
            given = None if state in {"new", "qualified"} else partner
            name = f"{letter}-{state[:8].upper()}"
            TicketFactory(area=area, reference=name, state=state, partner=given, due_on=due)
        nobody = TicketFactory(area=area, reference=f"{letter}-UNOWNED", state="unowned", due_on=past)
        ArbitrationFactory(ticket=nobody, opened_on=past, due_on=due)
    for state in ("closed", "verified"):
        TicketFactory(
            area=area, reference=f"I-{state[:8].upper()}", state=state, partner=partner, due_on=past
        )
    return {f"L-{state[:8].upper()}" for state in (*WAITING, "unowned")}


def test_what_is_late_is_the_same_wherever_it_is_told(client, area, delayed):
    client.force_login(AreaSeatFactory(area=area).person)
    told = client.get(reverse("area_tickets", args=[area.code]), {"retard": "on"}).content.decode()
    week = client.get(reverse("area_week", args=[area.code]))
    assert set(re.findall(r">([LI]-[A-Z_]+)<", told)) == delayed
    assert {one.reference for one in week.context["late"]} == delayed
    assert {one.reference for one in late_on(timezone.localdate())} == delayed
    counted = {(one["partner__name"], one["late"], one["open"]) for one in week.context["by_partner"]}
    assert counted == {("La ville", 3, 6), (None, 3, 6)}
    assert "Personne encore" in week.content.decode()
    for one in Ticket.objects.filter(area=area):
        sheet = client.get(reverse("ticket", args=[one.reference])).content.decode()
        assert ("ouvrés de retard" in sheet) is (one.reference in delayed), one.reference


@pytest.mark.parametrize(("day", "late"), [(3, False), (4, False), (6, False), (7, True)])
def test_nothing_is_late_before_a_working_day(day, late):
    """Due on the Thursday before Easter 2026: the Friday after works, but not in Alsace-Moselle."""
    there, here = AreaFactory(alsace_moselle=True), AreaFactory()
    due = {area: TicketFactory(area=area, state="new", due_on=date(2026, 4, 2)) for area in (there, here)}
    on = date(2026, 4, day)
    assert set(late_on(on)) == {due[here], due[there]} - (set() if late else {due[there]})
    assert there.tickets.filter(is_late(on, there)).exists() is late
    assert here.tickets.filter(is_late(on, here)).exists()
