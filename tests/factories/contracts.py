"""Contracts, who bears them, their neighbourhoods, their sheet and the analyses they stand in."""

import factory

from faubourg.contracts.models import (
    Analysis,
    AnalysisRow,
    AnnouncedTotal,
    Contract,
    ContractBearer,
    ContractNeighbourhood,
    ContractSheet,
    FundingLine,
)

from .territories import SourceFactory, TerritoryFactory


class ContractFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contract
        skip_postgeneration_save = True

    class Params:
        older = factory.Trait(
            generation=Contract.Generation.G2015, code=factory.Sequence(lambda n: f"CV9{n:02d}")
        )

    generation = Contract.Generation.G2024
    code = factory.Sequence(lambda n: f"CN999{n:02d}N")
    name = factory.Sequence(lambda n: f"Contrat {n}")
    printed_name = factory.LazyAttribute(lambda contract: f"99 - {contract.name}")
    source = factory.SubFactory(SourceFactory)

    @factory.post_generation
    def borne_by(self, create, territories, **_):
        """`borne_by=[epci]`: a bearer for each."""
        for territory in territories or []:
            ContractBearerFactory(contract=self, territory=territory, printed_code=territory.code)

    @factory.post_generation
    def quarters(self, create, places, **_):
        """`quarters=[place]`: a link deduced from the EPCI for each."""
        for place in places or []:
            LinkFactory(contract=self, neighbourhood=place)


class ContractBearerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractBearer

    contract = factory.SubFactory(ContractFactory)
    territory = factory.SubFactory(TerritoryFactory, epci=True)
    printed_code = factory.LazyAttribute(
        lambda bearer: bearer.territory.code if bearer.territory else "000000000"
    )


class LinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractNeighbourhood

    contract = factory.SubFactory(ContractFactory)
    neighbourhood = factory.SubFactory(TerritoryFactory, neighbourhood=True)
    basis = ContractNeighbourhood.Basis.EPCI


class SheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractSheet

    contract = factory.SubFactory(ContractFactory)


class FundingLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundingLine

    territory = factory.SubFactory(TerritoryFactory, neighbourhood=True)
    label = factory.Sequence(lambda n: f"Enveloppe {n}")
    funder = "Ville d’Essai"
    year = 2024
    amount_cents = 1_000_000
    nature = FundingLine.Nature.UNSTATED
    origin = FundingLine.Origin.SPECIFIC
    level = FundingLine.Level.RESERVED
    source = factory.SubFactory(SourceFactory)


class AnalysisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Analysis

    slug = factory.Sequence(lambda n: f"analyse-{n}")
    title = factory.Sequence(lambda n: f"Analyse {n}")


class AnalysisRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnalysisRow
        skip_postgeneration_save = True

    analysis = factory.SubFactory(AnalysisFactory)
    contract = factory.SubFactory(ContractFactory)
    territory = factory.SubFactory(TerritoryFactory, epci=True)

    @factory.post_generation
    def places(self, create, places, **_):
        """`places=[neighbourhood]`: the quarters of the row."""
        if places:
            self.neighbourhoods.set(places)


class AnnouncedTotalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnnouncedTotal

    analysis = factory.SubFactory(AnalysisFactory)
    what = AnnouncedTotal.What.PEOPLE
    value = 40_000
