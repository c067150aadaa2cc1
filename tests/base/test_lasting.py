"""A role, a seat, a membership: the first day and the last one count, and no last day lasts."""

from datetime import date

import pytest

from faubourg.base.lasting import lasts_on
from faubourg.people.models import Membership, Person
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 3, 1), date(2025, 3, 31)


@pytest.mark.parametrize(
    ("until", "day", "held"),
    [
        (LAST, date(2025, 2, 28), False),
        (LAST, FIRST, True),
        (LAST, LAST, True),
        (LAST, date(2025, 4, 1), False),
        (None, date(2025, 2, 28), False),
        (None, date(2125, 1, 1), True),
    ],
)
def test_both_days_are_included(until, day, held):
    MembershipFactory(since=FIRST, until=until)
    assert Membership.objects.filter(lasts_on(day)).exists() is held
    assert Person.objects.filter(lasts_on(day, "memberships__")).exists() is held


def test_from_elsewhere_one_row_holds_it_whole():
    """Two that surround the day are not one that covers it."""
    before = MembershipFactory(since=date(2024, 1, 1), until=date(2024, 12, 31))
    MembershipFactory(person=before.person, since=date(2026, 1, 1))
    assert not Person.objects.filter(lasts_on(FIRST, "memberships__")).exists()
