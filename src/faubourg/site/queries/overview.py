"""What the first page tells: how much is loaded, from which sources, and what waits for a person."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Expression, F, QuerySet, TextField, Value
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from faubourg.base.drafts import begun_by
from faubourg.base.models import Draft
from faubourg.calls.models import Call
from faubourg.calls.overview import DeskLine, desk_lines
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, DecisionItem
from faubourg.contracts.queries.decisions import waiting_for
from faubourg.contracts.queries.ends import End, ends_ahead_of
from faubourg.contracts.queries.kept import contracts_kept_by
from faubourg.people.access import Visitor, roles_of
from faubourg.people.models import Person
from faubourg.people.scopes import described
from faubourg.proximity.models import Area
from faubourg.proximity.overview import DeskLine as ProximityLine
from faubourg.proximity.overview import desk_lines as proximity_lines
from faubourg.territories.models import Perimeter, Source, Territory

DRAFTS_SHOWN = 5
ENDS_SHOWN = 5
CALLS, PROXIMITY = "calls", "proximity"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of things of one sort, counted in the database, with the source that lists them."""

    count: int
    source: Source


@dataclass(frozen=True, slots=True)
class Overview:
    """`metro`, `overseas`: priority neighbourhoods of 2024; `contracts` by generation, newest first.

    `rooms`: those that hold something, of CALLS and PROXIMITY; the others have nothing to tell of anybody.
    """

    kinds: dict[str, int]
    metro: Tally | None = None
    overseas: Tally | None = None
    contracts: dict[str, Tally] = field(default_factory=dict)
    rooms: frozenset[str] = frozenset()

    @property
    def loaded(self) -> bool:
        """Whether anything has been loaded at all."""
        return bool(self.kinds)

    @property
    def neighbourhoods_2024(self) -> int:
        """Priority neighbourhoods of the 2024 list, overseas included."""
        return sum(tally.count for tally in (self.metro, self.overseas) if tally)


def overview() -> Overview:
    """Two questions to the database, whatever is loaded."""
    counted = _counted()
    kinds = {kind: n for what, kind, _source, n in counted if what == "kind"}
    if not kinds:
        return Overview(kinds={})
    priority = [(zone, source, n) for what, zone, source, n in counted if what == "zone"]
    generations = [(name, source, n) for what, name, source, n in counted if what == "generation"]
    sources = Source.objects.in_bulk()
    metro = [(n, source) for zone, source, n in priority if zone == "metro"]
    overseas = [(n, source) for zone, source, n in priority if zone != "metro"]
    return Overview(
        kinds=kinds,
        metro=_tally(metro, sources),
        overseas=_tally(overseas, sources),
        contracts={
            generation: Tally(n, sources[source])
            for generation, source, n in sorted(generations, reverse=True)
            if source in sources
        },
        rooms=frozenset(name for what, name, _source, n in counted if what == "room" and n),
    )


def _counted() -> list[tuple[str, str, str, int]]:
    """What is counted, the value it is counted by, its source, how many: one union."""
    priority = Perimeter.objects.filter(kind=Perimeter.Kind.QPV_2024, withdrawn_at__isnull=True)
    first, *others = [
        _rows(Territory.objects.all(), "kind", F("kind"), _text(""), Count("pk")),
        _rows(priority, "zone", F("territory__zone"), F("source_id"), Count("territory", distinct=True)),
        _rows(
            Contract.objects.all(),
            "generation",
            F("generation"),
            F("source_id"),
            Count("code", distinct=True),
        ),
        _rows(Call.objects.all(), "room", _text(CALLS), _text(""), Count("pk")),
        _rows(Area.objects.all(), "room", _text(PROXIMITY), _text(""), Count("pk")),
    ]
    return list(first.union(*others, all=True))


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())


def _rows(
    found: QuerySet[Any], what: str, by: Expression | F, source: Expression | F, count: Count
) -> QuerySet[Any, tuple[str, str, str, int]]:
    """The same four columns of any model: texts on both databases."""
    # Grouped by columns alone, so that an index is read and no row: what we write ourselves comes after.
    told = _text(what)
    grouped = found.order_by().annotate(by=by, from_source=source).values("by", "from_source")
    return grouped.annotate(n=count, told=told).values_list("told", "by", "from_source", "n")


def _tally(rows: list[tuple[int, str]], sources: dict[str, Source]) -> Tally | None:
    """The sum of the rows under the source that brings most of them."""
    if not rows:
        return None
    return Tally(sum(n for n, _ in rows), sources[max(rows)[1]])


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person, or one place they work on. `url` may be empty."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a signed-in person finds first."""

    drafts: list[Draft]
    roles: list[Waiting]
    decisions: list[tuple[DecisionItem, str]]
    ends: list[End] = field(default_factory=list)
    calls: list[DeskLine] = field(default_factory=list)
    proximity: list[ProximityLine] = field(default_factory=list)


def desk_of(person: Visitor, rooms: Collection[str] = (CALLS, PROXIMITY)) -> Desk | None:
    """Unsent texts, decisions in their charge, places where they hold a role; None for a visitor.

    `rooms`: those that are asked, see `Overview`.
    """
    if not isinstance(person, Person):
        return None
    grants = roles_of(person)
    words = described((grant.scope_kind, grant.scope_code) for grant in grants)
    roles = [
        Waiting(
            label=words.get((grant.scope_kind, grant.scope_code), grant.scope_code),
            detail=grant.get_role_display(),
            url=_scope_url(grant.scope_kind, grant.scope_code),
        )
        for grant in grants
    ]
    decisions = [
        (decision, contract_url(decision.meeting.body.contract, "decision", decision.pk))
        for decision in waiting_for(person.ref)
    ]
    return Desk(
        drafts=list(begun_by(person.ref)[:DRAFTS_SHOWN]),
        roles=roles,
        decisions=decisions,
        ends=_ends(person),
        calls=desk_lines(person) if CALLS in rooms else [],
        proximity=proximity_lines(person) if PROXIMITY in rooms else [],
    )


def _ends(person: Person) -> list[End]:
    """What ends soonest in the contracts that this person keeps: computed at each visit; `contracts` tells
    them by e-mail to the same person."""
    kept = contracts_kept_by(person)
    return [] if kept is None else ends_ahead_of(kept, localdate(), ENDS_SHOWN)


def _scope_url(kind: str, code: str) -> str:
    """A scope kind names the address of its sheet; the whole installation has none."""
    try:
        return reverse(kind, args=[code]) if code else ""
    except NoReverseMatch:
        return ""
