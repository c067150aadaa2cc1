"""Makes one account of the demonstration, with its roles."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction

from faubourg.base.actor import FAUBOURG
from faubourg.people import queries, scopes
from faubourg.people.demo import PASSWORD, DemoAccount
from faubourg.people.models import Person

from .accounts import note_sign_up
from .roles import grant_role

# The first day of the contracts of 2024-2030.
FIRST_DAY = date(2024, 1, 1)


def make_account(account: DemoAccount) -> list[scopes.Scope]:
    """Make or mend one account; returns the scopes that are not loaded, over which nothing was granted."""
    unknown = []
    with transaction.atomic():
        person = Person.objects.filter(email=account.email).first()
        if person is None:
            person = Person.objects.create_user(account.email, PASSWORD, name=account.name)
            note_sign_up(person=person)
        elif not person.check_password(PASSWORD):
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(
            user=person, email=account.email, defaults={"verified": True, "primary": True}
        )
        for role, scope in account.roles:
            if not scopes.exists(*scope):
                unknown.append(scope)
            elif not queries.overlapping_grants(
                person=person, role=role, scope=scope, since=FIRST_DAY, until=None
            ).exists():
                grant_role(to=person, role=role, scope=scope, since=FIRST_DAY, by=FAUBOURG)
    return unknown
