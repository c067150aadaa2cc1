"""Several tables in one question give the very objects that each would have given."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Model

from faubourg.base.together import together
from faubourg.proximity.models import Land, Partner, Referent, Spot
from faubourg.territories.models import Territory
from tests.factories.proximity import LandFactory, PartnerFactory, ReferentFactory, SpotFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def columns(one: Model) -> dict[str, object]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def test_the_same_objects_in_one_question(django_assert_num_queries):
    partner = PartnerFactory(name='Voirie « L’Étang » "x" \\ / é', active=False)
    ReferentFactory(partner=partner, since=date(2020, 2, 29), until=date(2030, 1, 1), person=None)
    LandFactory.create_batch(3, partner=partner, area=partner.area, since=date(2024, 1, 1))
    SpotFactory(area=partner.area, printed_at=datetime(2026, 3, 1, 23, 59, 58, 123456, tzinfo=UTC))
    together(partners=Partner.objects.all())  # SQLite is asked once whether it knows JSON
    with django_assert_num_queries(1):
        found = together(
            partners=Partner.objects.filter(pk=partner.pk),
            referents=Referent.objects.order_by("name"),
            lands=Land.objects.select_related("partner"),
            spots=Spot.objects.all(),
            none=Spot.objects.filter(pk=0),
        )
    assert found["none"] == []
    for name, model in (("partners", Partner), ("referents", Referent), ("lands", Land), ("spots", Spot)):
        one_by_one = {one.pk: columns(one) for one in model.objects.all()}
        assert {one.pk: columns(one) for one in found[name]} == one_by_one
    (spot,) = found["spots"]
    spot.name = "Autre hall"
    spot.save()
    assert Spot.objects.get().name == "Autre hall"


def test_one_alone():
    partner = PartnerFactory()
    assert together(partners=Partner.objects.all()) == {"partners": [partner]}


def test_a_number_that_is_missing_is_missing():
    place = TerritoryFactory(lon=None, lat=None)
    (read,) = together(places=Territory.objects.filter(pk=place.pk))["places"]
    assert (read.lon, read.lat) == (None, None)
