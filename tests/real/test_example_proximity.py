"""The example area of the demonstration lives: real services carried its reports, walks and conventions."""

from collections import Counter

import pytest

from faubourg.base.actor import FAUBOURG
from faubourg.people.demo import ACCOUNTS
from faubourg.people.services.demo import make_account
from faubourg.proximity.models import (
    Area,
    EntrustedTask,
    GupReview,
    Photo,
    TfpbAgreement,
    TfpbYear,
    Ticket,
    Walk,
)
from faubourg.proximity.queries.figures import figures_of
from faubourg.proximity.services.example import COMMUNE
from faubourg.proximity.services.example_life import make_example_life
from faubourg.proximity.services.opening import open_area
from faubourg.territories.models import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _accounts() -> None:
    for account in ACCOUNTS:
        make_account(account)


def test_without_the_accounts_the_area_stays_empty():
    area = make_example_life()
    assert area is not None
    assert not area.tickets.exists()


@pytest.mark.usefixtures("_accounts")
def test_the_example_has_reports_at_every_age_made_once():
    area = make_example_life()
    assert area is not None
    states = Counter(area.tickets.values_list("state", flat=True))
    assert states == {
        "new": 3, "closed": 3, "assigned": 3, "planned": 2, "in_progress": 1, "declared_done": 1,
        "duplicate": 1, "refused": 1, "unowned": 1, "referred": 1,
    }  # fmt: skip
    late = area.tickets.get(text__contains="éventrés depuis")
    assert late.due_on is not None
    assert late.due_on < late.created_at.date().today()
    assert area.tickets.get(reopened=1).category.code == "eclairage"
    [spot] = [one for one in figures_of(area, late.created_at.year).spots if one.theme == "bulky"]
    assert len(spot.keys) == 3
    before = (Ticket.objects.count(), Walk.objects.count(), TfpbAgreement.objects.count())
    assert make_example_life() == area
    assert (Ticket.objects.count(), Walk.objects.count(), TfpbAgreement.objects.count()) == before

    _says_that_it_is_invented(area)
    _has_walks_and_conventions(area)


def _has_walks_and_conventions(area: Area) -> None:
    assert Counter(area.walks.values_list("state", flat=True)) == {"restored": 1, "confirmed": 1}
    assert GupReview.objects.get(gup__area=area).published_on is not None
    agreement = TfpbAgreement.objects.get(area=area)
    assert agreement.state == "running"
    first = TfpbYear.objects.filter(agreement=agreement).earliest("year")
    assert first.town_signed_on
    assert first.state_signed_on
    assert EntrustedTask.objects.filter(area=area).exists()
    closed = Photo.objects.filter(ticket__state="closed", validated_at__isnull=False)
    assert set(closed.values_list("moment", flat=True)) == {"before", "after"}


def _says_that_it_is_invented(area: Area) -> None:
    texts = [*area.tickets.values_list("text", flat=True), *area.walks.values_list("title", flat=True)]
    assert [text for text in texts if "exempl" not in text.lower() and "example" not in text.lower()] == []


@pytest.mark.usefixtures("_accounts")
def test_an_area_that_a_town_opened_itself_is_left_alone():
    place = Territory.objects.get(kind=Territory.Kind.COMMUNE, code=COMMUNE)
    area = open_area(territory=place, name="Clermont-Ferrand", by=FAUBOURG)
    before = (area.version, area.partners.count())
    assert make_example_life() == area
    area.refresh_from_db()
    assert (area.version, area.partners.count()) == before
    assert not area.tickets.exists()
    assert not area.walks.exists()
