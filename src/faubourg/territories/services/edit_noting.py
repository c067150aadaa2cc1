"""What every change to a place has in common: its row locked, its journal entry, its words found again."""

from typing import Unpack

from faubourg.base import journal, search
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.rules.plain_text import plain_text
from faubourg.territories.models import Territory
from faubourg.territories.queries.findable import findable


def held(territory: Territory) -> Territory:
    """The place, locked until the transaction ends: what is added to one place comes one after the other."""
    return Territory.objects.select_for_update().get(pk=territory.pk)


def refuse_deceiving(*texts: str) -> None:
    """Raises `Refused` when a name or a vintage is written with signs that deceive the eye."""
    for text in texts:
        refuse_unless(plain_text(text))


def note(territory: Territory, act: str, *, by: Actor, **told: Unpack[journal.Told]) -> None:
    """One entry in the history of this place; values are texts, numbers or None."""
    journal.record(by=by, act=act, kind=territory.kind, ref=territory.code, **told)


def announce(territory: Territory) -> None:
    """The search knows the place under its present names and codes."""
    search.announce(findable(Territory.objects.filter(pk=territory.pk)))
