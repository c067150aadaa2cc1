"""The right to erasure: a person's values leave the side table, the chain stays whole."""

from uuid import UUID

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.models import PersonalValue

from .writing import record


@transaction.atomic
def erase_personal_values(*, person_ref: UUID, by: Actor, reason: str) -> int:
    """Erase every value that concerns a person; journaled; returns how many were erased.

    When the person erases their own traces, the entry that says so does not name them again.
    """
    erased, _ = PersonalValue.objects.filter(person_ref=person_ref).delete()
    record(
        by=Actor(ref=by.ref, name="") if by.ref == person_ref else by,
        act="personal_values_erased",
        kind="person",
        ref=str(person_ref),
        after={"count": erased},
        reason=reason,
    )
    return erased
