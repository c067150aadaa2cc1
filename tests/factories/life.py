"""The making of a contract: phases, milestones, deliverables, bodies."""

from datetime import date

import factory

from faubourg.contracts.models import Body, ContractStep, Deliverable, Milestone, Phase

from .contracts import ContractFactory


class PhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phase

    contract = factory.SubFactory(ContractFactory)
    order = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Phase {n}")
    planned_start = date(2024, 1, 1)
    planned_end = date(2024, 3, 31)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    contract = factory.SubFactory(ContractFactory)
    name = factory.Sequence(lambda n: f"Jalon {n}")
    due_on = date(2024, 2, 1)


class DeliverableFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Deliverable

    contract = factory.SubFactory(ContractFactory)
    name = factory.Sequence(lambda n: f"Livrable {n}")
    due_on = date(2024, 2, 1)


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body

    contract = factory.SubFactory(ContractFactory)
    kind = Body.Kind.THEMATIC
    name = factory.Sequence(lambda n: f"Groupe {n}")


class ContractStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractStep

    contract = factory.SubFactory(ContractFactory)
    after = "signed"
    on = date(2024, 7, 10)
