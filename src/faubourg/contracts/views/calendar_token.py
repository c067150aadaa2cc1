"""The address of somebody's own calendar: unguessable, theirs alone, ended by changing one's password."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from faubourg.people.models import Person

SALT = "faubourg.contracts.calendar"


def calendar_address(person: Person) -> str:
    """The path to give to a calendar program."""
    mark = signing.Signer(salt=SALT).sign_object([person.ref.hex, _secret(person)])
    return reverse("my_calendar", args=[mark])


def person_of(mark: str) -> Person | None:
    """Whose calendar this address is; None when it is forged, of before a change of password, or closed."""
    try:
        ref, secret = signing.Signer(salt=SALT).unsign_object(mark)
        person = Person.objects.filter(ref=UUID(hex=ref), is_active=True).first()
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return person if person is not None and secret == _secret(person) else None


def _secret(person: Person) -> str:
    return str(person.get_session_auth_hash())[:20]
