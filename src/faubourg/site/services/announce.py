"""Announces to the search everything that can be found, composing what each room says of itself."""

from collections.abc import Iterator

from faubourg.base import search
from faubourg.base.progress import bar
from faubourg.calls.queries.findable import findable_calls
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.findable import findable_contracts
from faubourg.territories.models import Territory
from faubourg.territories.queries.findable import findable


def announce_everything() -> int:
    """Places, contracts and calls; says how many can be found."""
    total = Territory.objects.count() + Contract.objects.values("code").distinct().count()
    return search.announce(bar(_everything(), "Recherche", total=total))


def _everything() -> Iterator[search.Searchable]:
    yield from findable(Territory.objects.all())
    yield from findable_contracts()
    yield from findable_calls()
