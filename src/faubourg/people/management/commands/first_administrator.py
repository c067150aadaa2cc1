"""`faubourg first-administrator ADRESSE`: opens a new installation to its first person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.base.refusal import Refused
from faubourg.people.models import Person, RoleGrant
from faubourg.people.services.roles import grant_role


class Command(BaseCommand):
    """Only while nobody administers: afterwards roles are granted in the interface, by somebody else."""

    help = "Donne le premier rôle d’administration ; le mot de passe se choisit par « mot de passe oublié »."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if RoleGrant.objects.filter(role=RoleGrant.Role.ADMINISTRATOR).exists():
            raise CommandError(
                "Cette installation a déjà une administration : les rôles s’accordent à l’adresse /roles/."
            )
        email = options["email"].strip().lower()
        person = Person.objects.filter(email=email).first() or Person.objects.create_user(
            email, name=options["name"]
        )
        try:
            grant_role(
                to=person,
                role=RoleGrant.Role.ADMINISTRATOR,
                scope=("instance", ""),
                since=timezone.localdate(),
                by=FAUBOURG,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{email} administre cette installation. Mot de passe : /compte/password/reset/ "
            "(le courrier doit partir, voir FAUBOURG_EMAIL_URL)."
        )
