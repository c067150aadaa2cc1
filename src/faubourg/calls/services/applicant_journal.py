"""How the history of an organisation that applies is told; what names somebody can be erased."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Field, Model

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.people.models import Organisation, Person

KIND = "applicant"


def note(
    organisation: Organisation,
    act: str,
    by: Actor,
    *,
    after: Mapping[str, Any] | None = None,
    person: Person | None = None,
    reason: str = "",
) -> None:
    """One entry in the history of its space; `person` is whom the act concerns."""
    told = dict(after or {})
    personal = {}
    if person is not None:
        told["person"] = None
        personal["after.person"] = str(person)
    journal.record(
        by=by,
        act=act,
        kind=KIND,
        ref=str(organisation.pk),
        after=told,
        reason=reason,
        personal=personal,
        about=person.ref if person else None,
    )


def headings_of(model: type[Model], names: Iterable[str]) -> list[str]:
    """These fields in words: what an entry says of a change, never the values."""
    fields = [model._meta.get_field(name) for name in names]
    return [str(field.verbose_name) for field in fields if isinstance(field, Field)]
