"""What somebody types and has not sent: saved as they go, given back, never overwritten in silence.

A draft counts its saves (`version`): whoever saves says which one they saw, and two windows on the same
form notice each other. `base_version` is the version of the object when typing began.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from .models import Draft
from .refusal import Conflict

LONGEST_KEY = 160


class Where(NamedTuple):
    """The page on which somebody types: its title as they read it, its address here (« /… »)."""

    title: str
    page: str


NOWHERE = Where("", "")


class DraftConflict(Conflict):
    """Another window saved in between; `draft` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(draft.form_key)


def load(*, person_ref: UUID, form_key: str) -> Draft | None:
    """The draft that waits for this person on this form."""
    return Draft.objects.filter(person_ref=person_ref, form_key=form_key).first()


@transaction.atomic
def save(
    *,
    person_ref: UUID,
    form_key: str,
    content: Mapping[str, Any],
    seen: int = 0,
    base_version: int = 0,
    where: Where = NOWHERE,
) -> Draft:
    """Keep what was typed; `seen` is the version the window last saw (0: none), `where` the page it is on.

    Raises DraftConflict when another window saved since, unless it saved the same text.
    """
    named = where._asdict() if where.page else {}
    draft, created = Draft.objects.select_for_update().get_or_create(
        person_ref=person_ref,
        form_key=form_key,
        defaults={"content": dict(content), "base_version": base_version, "version": seen + 1, **named},
    )
    if created or draft.content == dict(content):
        return draft
    if draft.version != seen:
        raise DraftConflict(draft)
    draft.content = dict(content)
    draft.base_version = base_version
    draft.version += 1
    for name, value in named.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def begun_by(person_ref: UUID) -> QuerySet[Draft]:
    """What waits for this person, the latest first; a text whose page is not known is offered by its form."""
    return Draft.objects.filter(person_ref=person_ref).exclude(page="").order_by("-updated_at", "pk")


def unname(*, person_ref: UUID, about: Iterable[str]) -> None:
    """This person may no longer read these objects: their drafts stay, and name them no more.

    `about`: form keys, or what comes before a colon in them (« opinion:12 » for « opinion:12:3 »).
    """
    found = Q()
    for key in about:
        found |= Q(form_key=key) | Q(form_key__startswith=f"{key}:")
    if found:
        Draft.objects.filter(found, person_ref=person_ref).update(title="", page="")


def discard(*, person_ref: UUID, form_key: str) -> None:
    """Forget the draft: the form was sent, or its author gave it up."""
    Draft.objects.filter(person_ref=person_ref, form_key=form_key).delete()
