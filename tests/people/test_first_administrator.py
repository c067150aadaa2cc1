"""A new installation opens to one person, once."""

import pytest
from django.core.management import CommandError, call_command

from faubourg.base.models import JournalEntry
from faubourg.people.models import Person, RoleGrant

pytestmark = pytest.mark.django_db


def test_the_first_person_administers_and_the_journal_says_so():
    call_command("first_administrator", "Camille@Exemple.fr", name="Camille Martin")
    grant = RoleGrant.objects.get()
    assert grant.person.email == "camille@exemple.fr"
    assert (grant.role, grant.scope_kind) == ("administrator", "instance")
    assert not grant.person.has_usable_password()
    assert JournalEntry.objects.filter(act="role_granted").exists()


def test_an_existing_account_is_kept():
    Person.objects.create_user("camille@exemple.fr", "un mot de passe assez long")
    call_command("first_administrator", "camille@exemple.fr")
    assert Person.objects.get().has_usable_password()


def test_the_second_time_is_refused():
    call_command("first_administrator", "camille@exemple.fr")
    with pytest.raises(CommandError, match="/roles/"):
        call_command("first_administrator", "autre@exemple.fr")
    assert Person.objects.count() == 1
