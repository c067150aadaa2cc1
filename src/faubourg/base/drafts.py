"""What somebody types and has not sent: saved as they go, given back, never overwritten in silence.

A draft counts its saves (`version`): whoever saves says which one they saw, and two windows on the same
form notice each other. `base_version` is the version of the object when typing began.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from .models import Draft
from .refusal import Conflict

LONGEST_KEY = 160


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
    *, person_ref: UUID, form_key: str, content: Mapping[str, Any], seen: int = 0, base_version: int = 0
) -> Draft:
    """Keep what was typed; `seen` is the version the window last saw (0: none).

    Raises DraftConflict when another window saved since, unless it saved the same text.
    """
    draft, created = Draft.objects.select_for_update().get_or_create(
        person_ref=person_ref,
        form_key=form_key,
        defaults={"content": dict(content), "base_version": base_version, "version": seen + 1},
    )
    if created or draft.content == dict(content):
        return draft
    if draft.version != seen:
        raise DraftConflict(draft)
    draft.content = dict(content)
    draft.base_version = base_version
    draft.version += 1
    draft.save()
    return draft


def discard(*, person_ref: UUID, form_key: str) -> None:
    """Forget the draft: the form was sent, or its author gave it up."""
    Draft.objects.filter(person_ref=person_ref, form_key=form_key).delete()
