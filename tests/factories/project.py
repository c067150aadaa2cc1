"""The project of a contract: grids, diagnoses, stakes, objectives, actions."""

import factory

from faubourg.contracts.models import Action, Objective, Stake

from .contracts import ContractFactory


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
