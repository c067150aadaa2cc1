"""Lines of a maquette, what happens to them, droit commun and what partners promise."""

from datetime import date

import factory

from faubourg.contracts.models import Commitment, FundingEvent, Objective, OrdinaryMeans

from .contracts import ContractFactory, FundingLineFactory


class AxisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective

    contract = factory.SubFactory(ContractFactory)
    rank = Objective.Rank.AXIS
    number = factory.Sequence(lambda n: f"A{n}")
    title = factory.Sequence(lambda n: f"Axe {n}")
    order = factory.Sequence(int)


class TypedLineFactory(FundingLineFactory):
    """A line that somebody typed here, in the maquette of a contract."""

    contract = factory.SubFactory(ContractFactory)
    source = None
    added_by_name = "Ana Diaz"
    level = "voted"
    nature = "operating"


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundingEvent

    line = factory.SubFactory(TypedLineFactory)
    kind = FundingEvent.Kind.FREEZE
    amount_cents = 80_000
    on = date(2025, 4, 1)
    reason = "Gel de printemps"
    by_name = "Ana Diaz"


class MeansFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrdinaryMeans

    contract = factory.SubFactory(ContractFactory)
    partner_printed = "Ville d’Essai"
    kind = OrdinaryMeans.Kind.SERVICE
    label = factory.Sequence(lambda n: f"Service {n}")


class CommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commitment

    contract = factory.SubFactory(ContractFactory)
    partner_printed = "Ville d’Essai"
    text = factory.Sequence(lambda n: f"Ouvrir une permanence {n}")
