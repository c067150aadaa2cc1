"""What may be the same is as old as its category says, in an area as it opens and as its team sets it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.proximity.queries.alike import alike_near
from faubourg.proximity.services.opening import open_area
from faubourg.rules.proximity.deadlines import day_in_paris
from tests.factories.proximity import LAT, LON, TicketFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return open_area(territory=TerritoryFactory(kind="commune", lon=LON, lat=LAT), by=FAUBOURG)


def found(category):
    return [one.ticket for one in alike_near(category, LON, LAT, 5, on=day_in_paris(timezone.now()))]


@pytest.mark.parametrize(
    ("code", "days", "same"),
    [("proprete", 13, True), ("proprete", 16, False), ("voirie", 150, True), ("voirie", 200, False),
     ("eclairage", 45, True), ("encombrants", 40, False)],
)  # fmt: skip
def test_each_problem_of_an_area_lasts_as_long_as_it_does(area, code, days, same):
    category = area.categories.get(code=code)
    came = timezone.now() - timedelta(days=days)
    ticket = TicketFactory(area=area, category=category, created_at=came)
    assert found(category) == ([ticket] if same else [])


def test_the_team_says_how_long(area):
    category = area.categories.get(code="proprete")
    came = timezone.now() - timedelta(days=40)
    ticket = TicketFactory(area=area, category=category, created_at=came)
    category.age_days = 45
    category.save()
    assert found(category) == [ticket]


def test_every_category_that_an_area_opens_with_has_its_own(area):
    ages = dict(area.categories.values_list("code", "age_days"))
    assert ages["proprete"] < ages["encombrants"] < ages["eclairage"] < ages["voirie"]
