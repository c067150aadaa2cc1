"""Agreements: parties, articles, amendments, conventions, posts, the steps of a circuit."""

from datetime import date

import factory

from faubourg.contracts.models import (
    Amendment,
    Article,
    ContractStep,
    Convention,
    LinkedPlan,
    Post,
    PostFunder,
    Signatory,
)

from .contracts import ContractFactory


class SignatoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Signatory

    contract = factory.SubFactory(ContractFactory)
    name = factory.Sequence(lambda n: f"Institution {n}")
    order = factory.Sequence(int)


class ContractStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContractStep

    contract = factory.SubFactory(ContractFactory)
    on = date(2024, 1, 1)


class ArticleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Article

    contract = factory.SubFactory(ContractFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    title = factory.Sequence(lambda n: f"Article {n}")
    body = "Les parties s’engagent."
    order = factory.Sequence(int)


class ConventionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Convention

    contract = factory.SubFactory(ContractFactory)
    kind = Convention.Kind.GUP
    title = factory.Sequence(lambda n: f"Convention {n}")


class AmendmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Amendment

    contract = factory.SubFactory(ContractFactory)
    number = 1
    title = "Avenant"


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    contract = factory.SubFactory(ContractFactory)
    title = "Coordination"


class PostFunderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PostFunder

    post = factory.SubFactory(PostFactory)
    name = factory.Sequence(lambda n: f"Cofinanceur {n}")
    share_bp = 2_500


class LinkedPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LinkedPlan

    contract = factory.SubFactory(ContractFactory)
    name = factory.Sequence(lambda n: f"Plan {n}")
