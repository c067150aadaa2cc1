"""Who may read the name of somebody who wrote (personal data, unlike the act), and who may locate points."""

from datetime import date
from uuid import UUID

from faubourg.people.access import READERS_OF_MEMBERS, SIGN_IN, Visitor, holds
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark


def can_read_author(person: Visitor, author: UUID | None, on: date | None = None) -> Verdict:
    """Who did it: oneself, and the people with a business role, as for the members of organisations.

    Nobody else reads even the organisation: in a small one, it would be the name. Faubourg has no ref.
    """
    if author is None:
        return Verdict.yes()
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    if person.ref == author or holds(person, READERS_OF_MEMBERS, None, on):
        return Verdict.yes()
    return Verdict.no(
        "authors_personal",
        mark(
            "Le nom de qui a écrit est une donnée personnelle : il se lit avec un rôle métier. "
            "Demandez ce rôle à l’administrateur·rice de cette installation."
        ),
    )


def can_locate(person: Visitor) -> Verdict:
    """Locate points: anybody signed in. The file is personal data: somebody must own it and its result."""
    return Verdict.yes() if isinstance(person, Person) else Verdict.no("sign_in", SIGN_IN)
