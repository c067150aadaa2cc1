"""The autosaved draft of a form that was sent."""

from typing import cast

from django.http import HttpRequest

from faubourg.base import drafts
from faubourg.people.models import Person


def forget_draft(request: HttpRequest, key: str) -> None:
    """What was autosaved under this key is written for good: it is not offered again."""
    drafts.discard(person_ref=cast(Person, request.user).ref, form_key=key)
