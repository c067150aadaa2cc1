"""What a draft is about: each room says, for the prefix of its form keys, which form waits and where.

A key reads « prefix:rest »; a draft whose prefix nobody knows, or whose object is gone, is not listed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from .models import Draft

# From the rest of the key: the object's name and the address of its form; None when it is gone.
Locate = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A text that was begun: which form, about what, where to go on."""

    label: str | Promise
    subject: str
    url: str
    updated_at: datetime


_forms: dict[str, tuple[str | Promise, Locate]] = {}


def register(prefix: str, label: str | Promise, locate: Locate) -> None:
    """Called in `AppConfig.ready` by the room that owns the form."""
    _forms[prefix] = (label, locate)


def described(drafts: Iterable[Draft]) -> list[Unsent]:
    """The drafts that lead somewhere, in the same order."""
    found = []
    for draft in drafts:
        prefix, _, rest = draft.form_key.partition(":")
        label, locate = _forms.get(prefix, ("", _nowhere))
        if place := locate(rest):
            found.append(Unsent(label, *place, draft.updated_at))
    return found


def _nowhere(_rest: str) -> None:
    return None
