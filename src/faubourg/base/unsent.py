"""What a draft is about: each room says, for the prefix of its form keys, which form waits and where.

A key reads « prefix:rest »; a draft whose prefix nobody knows, or whose object is gone, is not listed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from .models import Draft

# From the rest of the key: the object's name and the address of its form; None when it is gone.
Locate = Callable[[str], tuple[str, str] | None]
# Whether who typed it may still read the object: a key can be made up by anybody.
May = Callable[[str, UUID], bool]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A text that was begun: which form, about what, where to go on."""

    label: str | Promise
    subject: str
    url: str
    updated_at: datetime


_forms: dict[str, tuple[str | Promise, Locate, May]] = {}


def _anybody(_rest: str, _person: UUID) -> bool:
    return True


def register(prefix: str, label: str | Promise, locate: Locate, may: May = _anybody) -> None:
    """Called in `AppConfig.ready` by the room that owns the form; `may` keeps secrets."""
    _forms[prefix] = (label, locate, may)


def described(drafts: Iterable[Draft]) -> list[Unsent]:
    """The drafts that lead somewhere, in the same order."""
    found = []
    for draft in drafts:
        prefix, _, rest = draft.form_key.partition(":")
        label, locate, may = _forms.get(prefix, ("", _nowhere, _anybody))
        if may(rest, draft.person_ref) and (place := locate(rest)):
            found.append(Unsent(label, *place, draft.updated_at))
    return found


def _nowhere(_rest: str) -> None:
    return None
