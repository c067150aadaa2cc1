"""People, organisations and their roles."""

from datetime import date

import factory
from allauth.account.models import EmailAddress

from faubourg.people.models import Membership, Organisation, Person, RoleGrant


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    name = factory.Sequence(lambda n: f"Camille Martin {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        """`PersonFactory(password="…")`: an account that can sign in by its verified e-mail."""
        if create and extracted:
            self.set_password(extracted)
            self.save()
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association {n}")
    kind = Organisation.Kind.ASSOCIATION


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = date(2024, 1, 1)


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = RoleGrant.Role.CONTRACT_OFFICER
    scope_kind = "instance"
    scope_code = ""
    since = date(2024, 1, 1)
