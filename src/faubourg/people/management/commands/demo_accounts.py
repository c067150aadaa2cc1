"""`faubourg demo-accounts`: the accounts of the demonstration, made once, never outside of it."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from faubourg.people import scopes
from faubourg.people.demo import ACCOUNTS, PASSWORD
from faubourg.people.services.demo import make_account


class Command(BaseCommand):
    """Idempotent: what is there stays, what is missing is made, the password is set back."""

    help = "Crée les comptes de la démonstration (avec FAUBOURG_DEMO=1 seulement)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Ces comptes ont un mot de passe connu de tous : ils ne sont créés qu’avec FAUBOURG_DEMO=1."
            )
        self.stdout.write(f"Comptes de démonstration, mot de passe « {PASSWORD} » :")
        for account in ACCOUNTS:
            unknown = make_account(account)
            self.stdout.write(f"  {account.email:26} {account.name}, {account.does}")
            for scope in unknown:
                words = scopes.described([scope])[scope]
                self.stderr.write(
                    f"    sans rôle sur {words} : chargez d’abord les territoires (faubourg load)."
                )
