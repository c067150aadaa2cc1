"""Who is told of the ends ahead, and what they were told of a contract."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from faubourg.base.lasting import lasts_on
from faubourg.contracts.access.workings import WRITERS
from faubourg.contracts.models import Contract, EndTold
from faubourg.people.models import Person
from faubourg.rules.expiry import NOTICES

from .ends import VACANCY, End

# What ends, and when: what was told of another day was told of another end.
EndKey = tuple[str, int, date | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A message that left: the day, the threshold in months (0: a vacant post), to how many people."""

    on: date
    notice: int
    people: int


def key_of(end: End) -> EndKey:
    """Under which it is told."""
    return end.kind, end.of, end.ends_on


def notice_of(end: End) -> int | None:
    """The threshold at which it is told today; 0 for a vacant post, None for what has ended already."""
    if end.kind == VACANCY:
        return 0
    return end.alert.notice if end.alert and end.alert.notice in NOTICES else None


def who_may_be_told(on: date) -> QuerySet[Person]:
    """Open accounts with an address that hold that day a role which keeps contracts somewhere."""
    return (
        Person.objects.filter(lasts_on(on, "role_grants__"), role_grants__role__in=WRITERS, is_active=True)
        .exclude(email="")
        .order_by("pk")
        .distinct()
    )


def told_to(person: Person) -> list[dict[str, Any]]:
    """What we keep of what this person was told, to be carried away."""
    rows = EndTold.objects.filter(person_ref=person.ref).order_by("claimed_at", "pk")
    return [dict(row) for row in rows.values("contract__name", "kind", "ends_on", "notice", "told_at")]


def told_of(contract: Contract) -> dict[EndKey, list[Told]]:
    """What was told of each end of a contract, oldest first; one question."""
    rows = (
        EndTold.objects.filter(contract=contract, told_at__isnull=False)
        .annotate(day=TruncDate("told_at"))
        .values_list("kind", "of", "ends_on", "day", "notice")
        .annotate(people=Count("pk"))
        .order_by("day", "-notice")
    )
    told: dict[EndKey, list[Told]] = defaultdict(list)
    for kind, of, ends_on, day, notice, people in rows:
        told[kind, of, ends_on].append(Told(day, notice, people))
    return dict(told)
