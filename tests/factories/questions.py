"""Interpellations, with the step that submitted them."""

from datetime import date

import factory

from faubourg.contracts.models import Interpellation

from .contracts import ContractFactory


class InterpellationFactory(factory.django.DjangoModelFactory):
    """Public by default, submitted on `on`; `InterpellationFactory(waiting=True)`: not read yet."""

    class Meta:
        model = Interpellation
        skip_postgeneration_save = True

    class Params:
        day = date(2024, 2, 1)
        waiting = factory.Trait(published_on=None)

    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence(lambda n: f"L’ascenseur est en panne ({n})")
    text = "Depuis six mois, trois immeubles n’ont plus d’ascenseur."
    submitted_by = "Conseil citoyen Alpha"
    published_on = factory.SelfAttribute("day")

    @factory.post_generation
    def on(self, create, day, **_):
        """`on=day`: when it was submitted."""
        self.steps.create(state=self.state, on=day or date(2024, 2, 1))
