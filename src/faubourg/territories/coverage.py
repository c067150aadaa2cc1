"""Which scopes of a role cover a place: itself, what it lies in, and what upper rooms add (contracts).

A role over an EPCI covers its communes and their neighbourhoods; over a commune, its neighbourhoods.
"""

from collections.abc import Callable, Collection, Mapping

from faubourg.people.scopes import Scope

from .models import Territory

Coverage = Mapping[int, Collection[Scope]]
# From the id of each place, with the ids of what it lies in (`lying_in`, asked once for every kind of scope).
Covering = Callable[[Mapping[int, Collection[int]]], Coverage]
_PARENTS = ("epci", "ept", "departement", "region")
_covering: dict[str, Covering] = {}


def register(kind: str, covering: Covering) -> None:
    """Called at start-up by the room that owns a kind of scope: id of a place → the scopes over it."""
    _covering[kind] = covering


def scopes_over(places: Collection[Territory], kinds: Collection[str] | None = None) -> dict[int, set[Scope]]:
    """Id of each place → every scope that covers it, or those of some kinds: what one holds, nothing else.

    A handful of queries whatever their number.
    """
    found = {place.pk: {(place.kind, place.code)} for place in places}
    wider = lying_in(places)
    if kinds is None or not _covering.keys() >= set(kinds):
        named = _named({parent for parents in wider.values() for parent in parents})
        for place, parents in wider.items():
            found[place] |= {named[parent] for parent in parents if parent in named}
    for kind, covering in _covering.items():
        if kinds is None or kind in kinds:
            for place, scopes in covering(wider).items():
                found.setdefault(place, set()).update(scopes)
    return found


def lying_in(places: Collection[Territory]) -> dict[int, set[int]]:
    """Id of each place → ids of what it lies in; a neighbourhood lies where its communes lie."""
    wider = {place.pk: {getattr(place, f"{name}_id") for name in _PARENTS} - {None} for place in places}
    quarters = [place.pk for place in places if place.kind == Territory.Kind.NEIGHBOURHOOD]
    through = Territory.communes.through
    for start in range(0, len(quarters), 500):
        links = through.objects.filter(from_territory__in=quarters[start : start + 500])
        columns = ("from_territory", "to_territory", *(f"to_territory__{name}" for name in _PARENTS))
        for quarter, *parents in links.values_list(*columns):
            wider[quarter] |= set(parents) - {None}
    return wider


def _named(ids: set[int]) -> dict[int, Scope]:
    wanted = sorted(ids)
    named: dict[int, Scope] = {}
    for start in range(0, len(wanted), 500):
        rows = Territory.objects.filter(pk__in=wanted[start : start + 500]).order_by()
        named.update({pk: (kind, code) for pk, kind, code in rows.values_list("pk", "kind", "code")})
    return named
