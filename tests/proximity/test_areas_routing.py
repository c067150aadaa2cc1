"""Who answers for a place: its land, the table of routes, the hour, who is in post."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faubourg.proximity.models import Area, Category, Land, Partner
from faubourg.proximity.services.routing import Proposal, route_at
from faubourg.rules.routing import Referred, Routed, Unowned
from tests.factories.proximity import (
    LAT,
    LON,
    AreaFactory,
    CategoryFactory,
    LandFactory,
    PartnerFactory,
    ReferentFactory,
    RouteFactory,
    square,
)

pytestmark = pytest.mark.django_db
# A Monday at ten in Paris.
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 22, tzinfo=UTC)
EAST = 0.002


@pytest.fixture
def area() -> Area:
    return AreaFactory()


@pytest.fixture
def litter(area: Area) -> Category:
    return CategoryFactory(area=area, theme="cleanliness", name="Dépôt sauvage")


def partner(area: Area, name: str, **columns: object) -> Partner:
    """A partner with somebody in post."""
    found = PartnerFactory(area=area, name=name, **columns)
    ReferentFactory(partner=found)
    return found


def here(
    category: Category, *, east: float = 0, accuracy: int | None = None, at: datetime = MORNING
) -> Proposal:
    return route_at(category.area, category, LON + east, LAT, accuracy, at=at)


def test_whoever_answers_for_the_ground_answers_when_no_line_speaks(area: Area, litter: Category) -> None:
    voirie = partner(area, "Voirie")
    land = LandFactory(area=area, partner=voirie)
    found = here(litter)
    assert isinstance(found.answer, Routed)
    assert found.partner == voirie
    assert found.referent == voirie.referents.get()
    kept = found.kept(MORNING)
    assert kept["lands"] == [land.pk]
    assert kept["partner"] == voirie.pk
    assert all(one["sentence"] for one in kept["reasons"])


def test_a_place_that_no_land_holds_waits_for_somebody(area: Area, litter: Category) -> None:
    LandFactory(area=area, partner=partner(area, "Voirie"))
    found = here(litter, east=EAST)
    assert isinstance(found.answer, Unowned)
    assert found.partner is None
    assert found.reasons[0].code == "route-gap"


def test_land_known_to_be_nobodys_waits_too(area: Area, litter: Category) -> None:
    LandFactory(area=area, partner=None)
    assert here(litter).reasons[0].code == "route-no-rule"


def test_two_lands_one_over_the_other_name_both(area: Area, litter: Category) -> None:
    one, other = partner(area, "Bailleur"), partner(area, "Voirie")
    LandFactory(area=area, partner=one, use="foot")
    LandFactory(area=area, partner=other, use="street")
    found = here(litter)
    assert found.reasons[0].code == "route-overlap"
    assert set(found.might) == {one, other}


def test_a_line_settles_an_overlap_and_the_first_that_fits_decides(area: Area, litter: Category) -> None:
    landlord, roads = partner(area, "Bailleur", kind="landlord"), partner(area, "Voirie")
    clean, waste = partner(area, "Propreté"), partner(area, "Déchets")
    LandFactory(area=area, partner=landlord, use="foot")
    LandFactory(area=area, partner=roads, use="street")
    first = RouteFactory(area=area, order=1, theme="cleanliness", partner=clean)
    first.also.add(waste)
    second = RouteFactory(area=area, order=2, partner=roads)
    second.also.add(landlord)
    found = here(litter)
    assert found.partner == clean
    # Only the line that decides adds its partners.
    assert found.others == (waste,)
    assert here(CategoryFactory(area=area, theme="lighting")).partner == roads


def test_a_line_for_a_use_or_a_kind_of_owner_speaks_of_that_ground_only(area: Area, litter: Category) -> None:
    landlord, roads = partner(area, "Bailleur", kind="landlord"), partner(area, "Voirie")
    syndic = partner(area, "Syndic")
    LandFactory(area=area, partner=landlord, use="foot")
    LandFactory(
        area=area, partner=roads, use="street", geometry=square(LON + EAST), west=LON + EAST - 0.001,
        east=LON + EAST + 0.001,
    )  # fmt: skip
    RouteFactory(area=area, order=1, owner_kind="landlord", partner=syndic)
    assert here(litter).partner == syndic
    assert here(litter, east=EAST).partner == roads


def test_at_night_another_line_answers(area: Area, litter: Category) -> None:
    roads, watch = partner(area, "Voirie"), partner(area, "Astreinte")
    LandFactory(area=area, partner=roads)
    RouteFactory(area=area, order=1, partner=watch, from_minute=20 * 60, to_minute=6 * 60)
    assert here(litter).partner == roads
    assert here(litter, at=NIGHT).partner == watch


def test_a_line_of_sundays_speaks_on_a_public_holiday(area: Area, litter: Category) -> None:
    roads, watch = partner(area, "Voirie"), partner(area, "Astreinte")
    LandFactory(area=area, partner=roads)
    RouteFactory(area=area, order=1, partner=watch, weekdays="67")
    assert here(litter).partner == roads
    assert here(litter, at=datetime(2026, 5, 1, 9, tzinfo=UTC)).partner == watch
    assert here(litter, at=datetime(2026, 3, 7, 9, tzinfo=UTC)).partner == watch


def test_a_point_too_vague_between_two_owners_is_nobodys_until_somebody_decides(
    area: Area, litter: Category
) -> None:
    one, other = partner(area, "Bailleur"), partner(area, "Voirie")
    LandFactory(area=area, partner=one)
    LandFactory(
        area=area,
        partner=other,
        geometry=square(LON + EAST),
        west=LON + EAST - 0.001,
        east=LON + EAST + 0.001,
    )
    assert here(litter, accuracy=20).partner == one
    found = here(litter, east=0.0009, accuracy=20)
    assert found.reasons[0].code == "route-doubt"
    assert set(found.might) == {one, other}


def test_two_lands_of_one_partner_leave_no_doubt(area: Area, litter: Category) -> None:
    roads = partner(area, "Voirie")
    LandFactory(area=area, partner=roads)
    LandFactory(
        area=area,
        partner=roads,
        geometry=square(LON + EAST),
        west=LON + EAST - 0.001,
        east=LON + EAST + 0.001,
    )
    found = here(litter, east=0.001, accuracy=30)
    assert found.partner == roads
    assert all(ground.certain for ground in found.grounds)


def test_land_counts_between_its_dates(area: Area, litter: Category) -> None:
    LandFactory(area=area, partner=partner(area, "Avant"), until=date(2026, 3, 1))
    LandFactory(area=area, partner=partner(area, "Après"), since=date(2026, 3, 2))
    found = here(litter)
    assert found.partner is not None
    assert found.partner.name == "Après"


def test_a_vacant_post_is_said_and_a_neighbour_speaks_for_it(area: Area, litter: Category) -> None:
    roads = PartnerFactory(area=area, name="Voirie")
    ReferentFactory(partner=roads, until=date(2025, 12, 31))
    LandFactory(area=area, partner=roads)
    found = here(litter)
    assert found.reasons[0].code == "route-vacant"
    assert found.might == (roads,)
    landlord = partner(area, "Association de bailleurs")
    landlord.answers_for.add(roads)
    found = here(litter)
    assert found.partner == roads
    assert found.referent == landlord.referents.get()


def test_another_desk_is_told_never_a_partner(area: Area) -> None:
    LandFactory(area=area, partner=partner(area, "Voirie"))
    housing = CategoryFactory(area=area, theme="housing", desk="Signal Logement")
    found = here(housing)
    assert isinstance(found.answer, Referred)
    assert found.desk == "Signal Logement"
    assert found.partner is None


def test_an_area_with_nothing_set_still_answers(litter: Category) -> None:
    assert isinstance(here(litter).answer, Unowned)


@pytest.mark.parametrize("size", [1, 3])
def test_the_size_of_the_table_does_not_cost(area: Area, litter: Category, size: int) -> None:
    for rank in range(size):
        found = partner(area, f"Service {rank}")
        LandFactory(area=area, partner=found)
        RouteFactory(area=area, order=rank, theme="lighting", partner=found).also.add(found)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        here(litter, accuracy=30)
    assert len(queries) == 1


def test_three_thousand_lands_are_sifted_by_their_boxes(area: Area, litter: Category) -> None:
    roads = partner(area, "Voirie")
    west, south = LON - 0.05, LAT - 0.05
    made = []
    for rank in range(3000):
        lon, lat = west + (rank % 60) * 0.0018, south + (rank // 60) * 0.0018
        made.append(
            Land(
                area=area, partner=roads, name=str(rank), geometry=square(lon, lat, 0.0008),
                west=lon - 0.0008, east=lon + 0.0008, south=lat - 0.0008, north=lat + 0.0008,
            )
        )  # fmt: skip
    Land.objects.bulk_create(made)
    found = route_at(
        area, litter, west + 0.0018 * 7, south + 0.0018 * 7, 5, at=MORNING + timedelta(minutes=1)
    )
    assert [land.name for ground in found.grounds for land in ground.lands] == ["427"]
