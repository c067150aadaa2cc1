"""Bulk writing: only what changed, never over a person's row."""

import pytest
from django.db.models import Q

from faubourg.territories.models import Alias, Figure, Territory
from faubourg.territories.services.load_bulk import Written, bring
from faubourg.territories.services.load_figures import BY_A_PERSON, FIELDS, KEY, Edition, figure
from faubourg.territories.services.load_neighbourhoods import Quarter, bring_quarters
from faubourg.territories.services.load_sources import bring_findings
from tests.factories.territories import FigureFactory, SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
PLACE = ("name", "sort_key", "headcount")


def places(*names):
    return [
        Territory(kind="commune", code=f"9900{rank}", name=name, sort_key=name.lower())
        for rank, name in enumerate(names)
    ]


def bring_places(*names):
    existing = Territory.objects.filter(kind="commune")
    return bring(existing, places(*names), key=("kind", "code"), fields=PLACE, frozen=Q(version__gt=1))


def test_first_all_then_nothing_then_only_the_change():
    assert bring_places("Un", "Deux") == Written(created=2)
    assert not bring_places("Un", "Deux")
    assert bring_places("Un", "Trois") == Written(updated=1)
    assert list(Territory.objects.order_by("code").values_list("name", flat=True)) == ["Un", "Trois"]


def test_an_edited_sheet_is_left_alone():
    bring_places("Un")
    Territory.objects.update(name="À ma façon", version=2)
    assert not bring_places("Un")
    assert Territory.objects.get().name == "À ma façon"


def test_a_key_given_twice_is_written_once():
    place = TerritoryFactory()
    rows = [Alias(territory=place, name="Autre nom") for _ in range(2)]
    assert bring(Alias.objects.all(), rows, key=("territory_id", "name")) == Written(created=1)


def test_findings_that_no_longer_hold_go_away():
    source = SourceFactory()
    assert bring_findings(source.pk, [("double", "A", "A deux fois."), ("double", "B", "B deux fois.")])
    assert bring_findings(source.pk, [("double", "A", "A deux fois.")]) == Written(deleted=1)


@pytest.mark.parametrize("theirs", [{"withdrawn_at": "2026-01-01T00:00:00Z"}, {"added_by": "0" * 32}])
def test_a_figure_that_a_person_withdrew_or_added_is_not_written_over(theirs):
    kept = FigureFactory(**theirs)
    edition = Edition(kept.source_id, kept.vintage, kept.vintage_year)
    rows = [figure(kept.territory_id, kept.indicator_id, 999, edition)]
    assert not bring(Figure.objects.all(), rows, key=KEY, fields=FIELDS, frozen=BY_A_PERSON)
    assert Figure.objects.get().value == 1000


def test_no_value_is_never_zero():
    """The reason stands in its place."""
    told = figure(1, "taux-pauvrete", None, Edition("insee", "Filosofi 2021", 2021))
    assert (told.value, told.secrecy) == (None, Figure.Secrecy.MISSING)


def test_a_reload_leaves_a_neighbourhood_at_the_point_of_its_own_contour():
    """A contour drawn by hand gave it a point: its commune's never comes back over it."""
    source = SourceFactory()
    TerritoryFactory(code="63113", name="Clermont-Ferrand", lon=3.08, lat=45.78)
    quarter = Quarter(code="QN06302I", name="La Gauthière", communes=["63113"])
    bring_quarters(source.pk, [quarter])
    place = Territory.objects.get(code="QN06302I")
    assert (place.lon, place.lat, place.point_basis) == (3.08, 45.78, "commune")
    Territory.objects.filter(pk=place.pk).update(lon=3.11, lat=45.8, point_basis="contour")
    assert not bring_quarters(source.pk, [quarter])
    place.refresh_from_db()
    assert (place.lon, place.lat, place.point_basis) == (3.11, 45.8, "contour")
