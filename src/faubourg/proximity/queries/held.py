"""The areas that a person runs or follows, and the posts they hold: what a list asks once for all its rows.

The same rights as `access.areas` gives one area at a time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.utils import timezone

from faubourg.base.lasting import lasts_on
from faubourg.contracts.access import borne_in
from faubourg.people.access import within_roles
from faubourg.people.models import Membership, Organisation, Person

from ..access.areas import partners_of
from ..models import Area, AreaSeat, Partner


@dataclass(frozen=True, slots=True)
class Posts:
    """Primary keys: partners answered for, landlords written for, areas coordinated."""

    partners: frozenset[int]
    landlords: frozenset[int]
    coordinated: frozenset[int]


def posts_of(person: Person, on: date | None = None) -> Posts:
    """What this person holds that day; one query."""
    day = on or timezone.localdate()
    today = Q(person=person) & lasts_on(on)
    answered = partners_of(person, on=day)
    assert isinstance(answered, QuerySet)
    landlord = answered.filter(kind=Partner.Kind.LANDLORD)
    member = Membership.objects.filter(today, organisation__kind=Organisation.Kind.LANDLORD)
    seats = AreaSeat.objects.filter(today, task=AreaSeat.Task.COORDINATOR)
    rows = _told(answered, "partner", "pk").union(
        _told(landlord, "landlord", "organisation"),
        _told(member, "landlord", "organisation"),
        _told(seats, "area", "area"),
    )
    found: dict[str, set[int]] = {"partner": set(), "landlord": set(), "area": set()}
    for what, key in rows:
        if key is not None:
            found[what].add(key)
    return Posts(*(frozenset(found[what]) for what in ("partner", "landlord", "area")))


def _told(found: QuerySet[Any], what: str, key: str) -> QuerySet[Any, tuple[str, int | None]]:
    told = Value(what, output_field=TextField())
    return found.order_by().values_list(told, F(key))


def areas_of_roles(
    person: Person, roles: Collection[str], *, wider: bool = False, on: date | None = None
) -> QuerySet[Area] | None:
    """Those over which one of these roles holds (`scopes_of`, or `wider_scopes_of`); None: no such role."""
    return within_roles(person, roles, Area.objects.all(), partial(_under, wider=wider), on)


def _under(kind: str, code: str, *, wider: bool) -> Q:
    """The areas of one scope, as `scopes_of` and `wider_scopes_of` name it from the area."""
    wanted = Q(territory__kind=kind, territory__code=code) | Q(
        territory__epci__kind=kind, territory__epci__code=code
    )
    wanted |= borne_in(kind, code, "contracts__")
    if wider:
        for above in ("departement", "region"):
            wanted |= Q(**{f"territory__{above}__kind": kind, f"territory__{above}__code": code})
    return wanted
