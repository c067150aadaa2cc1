"""Contracts."""

import factory

from faubourg.contracts.models import Contract

from .territories import SourceFactory


class ContractFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contract

    generation = Contract.Generation.G2024
    code = factory.Sequence(lambda n: f"CN999{n:02d}N")
    name = factory.Sequence(lambda n: f"Contrat {n}")
    printed_name = factory.LazyAttribute(lambda contract: f"99 - {contract.name}")
    source = factory.SubFactory(SourceFactory)
