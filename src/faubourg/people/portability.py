"""Everything we hold about somebody, in one file that they can carry away (RGPD, articles 15 and 20)."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt

from faubourg.base.models import Document, Draft, JournalEntry, PersonalValue
from faubourg.people.models import Person

# What a room above holds about somebody, under the name of its section.
_tellers: dict[str, Callable[[Person], Any]] = {}


def register(section: str, teller: Callable[[Person], Any]) -> None:
    """Called at start-up by a room that holds data about people."""
    _tellers[section] = teller


def everything_about(person: Person) -> dict[str, Any]:
    """One section a kind of data; secrets (password, keys, codes) are said to exist, not shown."""
    told = {section: teller(person) for section, teller in _tellers.items()}
    return _account(person) | _traces(person) | told


def _account(person: Person) -> dict[str, Any]:
    return {
        "compte": {
            "reference": person.ref,
            "nom": person.name,
            "adresse": person.email,
            "inscrit_le": person.joined_at,
            "derniere_connexion": person.last_login,
            "mot_de_passe": "défini" if person.has_usable_password() else "aucun",
        },
        "adresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "doubles_facteurs": list(
            Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ),
        "comptes_lies": list(
            SocialAccount.objects.filter(user=person).values("provider", "uid", "date_joined", "extra_data")
        ),
        "appartenances": list(
            person.memberships.values("organisation__name", "organisation__siret", "title", "since", "until")
        ),
        "roles": list(person.role_grants.values("role", "scope_kind", "scope_code", "since", "until")),
    }


def _traces(person: Person) -> dict[str, Any]:
    return {
        "brouillons": list(
            Draft.objects.filter(person_ref=person.ref).values("form_key", "title", "content", "updated_at")
        ),
        "documents": list(
            Document.objects.filter(added_by=person.ref).values(
                "name", "purpose", "size", "sha256", "added_at"
            )
        ),
        "actes": list(
            JournalEntry.objects.filter(actor_ref=person.ref)
            .order_by("seq")
            .values("at", "act", "object_kind", "object_ref")
        ),
        "journal": list(
            PersonalValue.objects.filter(person_ref=person.ref)
            .order_by("entry__seq")
            .values("entry__at", "entry__act", "path", "value")
        ),
        "connexions_echouees": list(
            AccessAttempt.objects.filter(username__iexact=person.email).values(
                "attempt_time", "ip_address", "failures_since_start"
            )
        ),
    }
