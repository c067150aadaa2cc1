"""Places, their perimeters and figures."""

from datetime import date
from uuid import uuid4

import factory
from shapely import to_geojson, to_wkb
from shapely.geometry import Polygon

from faubourg.territories.models import Figure, Indicator, Perimeter, Source, Territory


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    slug = "essai"
    title = "Document d’essai"
    licence = "Licence Ouverte 2.0"
    vintage = "2024"


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory

    class Params:
        neighbourhood = factory.Trait(
            kind=Territory.Kind.NEIGHBOURHOOD,
            code=factory.Sequence(lambda n: f"QN999{n:02d}N"),
            name=factory.Sequence(lambda n: f"Quartier {n}"),
        )
        epci = factory.Trait(
            kind=Territory.Kind.EPCI,
            code=factory.Sequence(lambda n: f"9000{n:05d}"),
            name=factory.Sequence(lambda n: f"CA d’Essai {n}"),
            category="CA",
        )

    kind = Territory.Kind.COMMUNE
    code = factory.Sequence(lambda n: f"99{n:03d}")
    name = factory.Sequence(lambda n: f"Commune {n}")


# Four hundred metres of Clermont-Ferrand.
SQUARE = Polygon([(3.08, 45.77), (3.085, 45.77), (3.085, 45.774), (3.08, 45.774)])


class PerimeterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Perimeter

    class Params:
        # By a person, with its contour.
        drawn = factory.Trait(
            kind=Perimeter.Kind.LOCAL_P1,
            added_by=factory.LazyFunction(uuid4),
            wkb=to_wkb(SQUARE),
            outline=to_geojson(SQUARE),
            west=3.08,
            south=45.77,
            east=3.085,
            north=45.774,
        )

    territory = factory.SubFactory(TerritoryFactory, neighbourhood=True)
    kind = Perimeter.Kind.QPV_2024
    valid_from = date(2024, 1, 1)
    source = factory.SubFactory(SourceFactory)


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = "population-municipale"
    name_fr = "Population municipale"
    name_en = "Municipal population"
    unit = Indicator.Unit.PEOPLE
    additive = True


class FigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Figure

    territory = factory.SubFactory(TerritoryFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    value = 1000
    vintage = "RP 2021"
    vintage_year = 2021
    source = factory.SubFactory(SourceFactory)


def member_of(epci: Territory, **fields: object) -> Territory:
    """A commune, or whatever `fields` say, of an EPCI: the factory's `epci` is a trait, not the field."""
    place: Territory = TerritoryFactory(**fields)
    place.epci = epci
    place.save()
    return place
