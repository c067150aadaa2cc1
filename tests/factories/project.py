"""The project of a contract: grids, diagnoses, stakes, objectives, actions."""

from datetime import date

import factory

from faubourg.contracts.models import (
    Action,
    Diagnosis,
    DiagnosisGrid,
    DiagnosisPoint,
    GridQuestion,
    Objective,
    Stake,
)

from .contracts import ContractFactory
from .governance import BodyFactory
from .territories import TerritoryFactory


class StakeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stake

    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence(lambda n: f"Enjeu {n}")


class ObjectiveFactory(factory.django.DjangoModelFactory):
    """An axis; `strategic=True` and `operational=True` hang it on what is needed."""

    class Meta:
        model = Objective
        skip_postgeneration_save = True

    class Params:
        strategic = factory.Trait(
            rank="strategic",
            parent=factory.SubFactory(
                "tests.factories.project.ObjectiveFactory", contract=factory.SelfAttribute("..contract")
            ),
        )
        operational = factory.Trait(
            rank="operational",
            parent=factory.SubFactory(
                "tests.factories.project.ObjectiveFactory",
                strategic=True,
                contract=factory.SelfAttribute("..contract"),
            ),
        )

    contract = factory.SubFactory(ContractFactory)
    rank = Objective.Rank.AXIS
    title = factory.Sequence(lambda n: f"Objectif {n}")
    order = factory.Sequence(lambda n: n)

    @factory.post_generation
    def places(self, create, places, **_):
        """`places=[neighbourhood]`."""
        if places:
            self.neighbourhoods.set(places)


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action
        skip_postgeneration_save = True

    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence(lambda n: f"Action {n}")
    line = "Jeunesse"

    @factory.post_generation
    def places(self, create, places, **_):
        """`places=[neighbourhood]`."""
        if places:
            self.neighbourhoods.set(places)


class GridFactory(factory.django.DjangoModelFactory):
    """A draft; `published=True` freezes it."""

    class Meta:
        model = DiagnosisGrid

    class Params:
        published = factory.Trait(published_on=date(2014, 1, 15), published_by_name="Ana Diaz")

    contract = factory.SubFactory(ContractFactory)
    name = factory.Sequence(lambda n: f"Grille {n}")


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GridQuestion

    grid = factory.SubFactory(GridFactory)
    section = "Le territoire"
    order = factory.Sequence(lambda n: n % 30_000)
    text = factory.Sequence(lambda n: f"Question {n} ?")


class DiagnosisFactory(factory.django.DjangoModelFactory):
    """That of a commune; `group=True` is that of a thematic group."""

    class Meta:
        model = Diagnosis

    class Params:
        group = factory.Trait(
            territory=None,
            body=factory.SubFactory(
                BodyFactory, kind="thematic", contract=factory.SelfAttribute("..grid.contract")
            ),
        )

    grid = factory.SubFactory(GridFactory, published=True)
    territory = factory.SubFactory(TerritoryFactory)


class PointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DiagnosisPoint

    diagnosis = factory.SubFactory(DiagnosisFactory)
    side = DiagnosisPoint.Side.WEAKNESS
    theme = "Mobilité"
    text = factory.Sequence(lambda n: f"Constat {n}")
