"""The maquette financière of a contract: rows (axis, label, funder, nature, origin, level) across years.

Read as plain columns: a maquette of 500 rows is 3,500 lines, and each page shows what it holds in few reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2s
from typing import NamedTuple

from django.db.models import Case, Q, QuerySet, When

from faubourg.contracts.models import Contract, ContractNeighbourhood, FundingEvent, FundingLine, Objective
from faubourg.rules.money_events import Event, Left, left_of
from faubourg.rules.money_ladder import ORIGINS, Amount, rank
from faubourg.territories.models import Territory

PAGE_ROWS = 40
NO_AXIS = "sans"


class RowKey(NamedTuple):
    """What makes two lines the same row of the grid, whatever their years."""

    territory_id: int
    contract_id: int | None
    objective_id: int | None
    action_id: int | None
    label: str
    funder: str
    nature: str
    origin: str
    level: str

    @property
    def id(self) -> str:
        """A short name of the row, the same for everybody as long as the row is not renamed."""
        return blake2s("\x1f".join(map(str, self)).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Cell:
    """One line: its sum in cents, and what is left of it when something was frozen or cut."""

    pk: int
    version: int
    cents: int
    source_id: str | None
    left: Left | None = None


@dataclass(slots=True)
class Row:
    """One row of the grid; `axis_id` is None for what serves no axis."""

    key: RowKey
    place: str
    place_kind: str
    organisation_id: int | None
    cells: dict[int, Cell] = field(default_factory=dict)
    id: str = ""

    @property
    def own(self) -> bool:
        """False for a line of a neighbourhood that names no contract."""
        return self.key.contract_id is not None


@dataclass(frozen=True, slots=True)
class Heading:
    """An axis of the contract as the grid groups by it; `pk` is None for what serves none."""

    pk: int | None
    title: str


@dataclass(slots=True)
class Maquette:
    """Everything the grid of a contract holds, narrowed by a filter."""

    contract: Contract
    years: list[int]
    rows: list[Row]
    headings: list[Heading]
    objectives: dict[int, Objective]
    axis_of: dict[int, int]
    funders: list[str]

    def heading_of(self, row: Row) -> int | None:
        """The axis that a row serves, directly or through an objective."""
        return self.axis_of.get(row.key.objective_id or 0)

    def amounts(self) -> list[Amount]:
        """Every sum, as the rules count it."""
        titles = {heading.pk: heading.title for heading in self.headings}
        return [
            Amount(
                row.key.level,
                row.key.origin,
                row.key.nature,
                year,
                cell.cents,
                row.key.funder,
                titles.get(self.heading_of(row), ""),
                row.place,
            )
            for row in self.rows
            for year, cell in row.cells.items()
        ]

    def codes(self) -> dict[int, str]:
        """The codes of the places of its lines, for the files; one question."""
        places = {row.key.territory_id for row in self.rows}
        return dict(Territory.objects.filter(pk__in=places).values_list("pk", "code"))

    def lefts(self) -> list[tuple[Row, Left]]:
        """What is left of the lines on which something happened."""
        return [(row, cell.left) for row in self.rows for cell in row.cells.values() if cell.left]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a maquette is asked for: an axis (its key, « sans », or all), a level, an origin, a funder."""

    axis: str = ""
    level: str = ""
    origin: str = ""
    funder: str = ""

    def keeps(self, row: Row, axis_id: int | None) -> bool:
        """Whether a row is asked for."""
        axis = NO_AXIS if axis_id is None else str(axis_id)
        return (
            self.axis in ("", axis)
            and self.level in ("", row.key.level)
            and self.origin in ("", row.key.origin)
            and self.funder in ("", row.key.funder)
        )

    def __bool__(self) -> bool:
        return bool(self.axis or self.level or self.origin or self.funder)


def lines_of(contract: Contract) -> QuerySet[FundingLine]:
    """The lines of a contract, and those hung on one of its neighbourhoods that name no contract."""
    quarters = ContractNeighbourhood.objects.filter(contract=contract, rejected=False).values("neighbourhood")
    return FundingLine.objects.filter(
        Q(contract=contract) | Q(contract__isnull=True, territory__in=quarters)
    ).order_by()


def maquette_of(contract: Contract, wanted: Wanted | None = None) -> Maquette:
    """The grid in three questions to the database: objectives, lines, events."""
    objectives = {found.pk: found for found in contract.objectives.all()}
    axis_of = {pk: _axis(pk, objectives) for pk in objectives}
    rows = _rows(contract)
    funders = sorted({row.key.funder for row in rows})
    years = _years(contract, rows)
    if wanted:
        rows = [row for row in rows if wanted.keeps(row, axis_of.get(row.key.objective_id or 0))]
    order = {pk: place for place, pk in enumerate(objectives)}
    rows.sort(
        key=lambda row: (
            order.get(axis_of.get(row.key.objective_id or 0, 0), len(order)),
            order.get(row.key.objective_id or 0, len(order)),
            rank(row.key.level),
            ORIGINS.index(row.key.origin),
            row.key.funder,
            row.key.label,
            row.id,
        )
    )
    headings = [Heading(found.pk, str(found)) for found in objectives.values() if found.parent_id is None]
    return Maquette(contract, years, rows, headings, objectives, axis_of, funders)


def _axis(pk: int, objectives: Mapping[int, Objective]) -> int:
    """The axis above an objective; three ranks at most, whatever the data say."""
    for _rank in range(4):
        parent = objectives[pk].parent_id
        if parent is None or parent not in objectives:
            return pk
        pk = parent
    return pk


_KEY = (
    "territory_id", "contract_id", "objective_id", "action_id", "label", "funder", "nature", "origin", "level"
)  # fmt: skip
_REST = (
    "pk", "version", "year", "amount_cents", "source_id", "organisation_id", "territory__name",
    "territory__kind",
)  # fmt: skip


def _rows(contract: Contract) -> list[Row]:
    lefts = _lefts(contract)
    rows: dict[RowKey, Row] = {}
    for found in lines_of(contract).values_list(*_KEY, *_REST):
        key = RowKey(*found[:9])
        pk, version, year, cents, source_id, organisation_id, place, kind = found[9:]
        row = rows.get(key)
        if row is None:
            row = rows[key] = Row(key, place, kind, organisation_id, id=key.id)
        row.cells[year] = Cell(pk, version, cents, source_id, lefts.get(pk))
    return list(rows.values())


def _lefts(contract: Contract) -> dict[int, Left]:
    """By line; the few on which something was frozen, released or cut."""
    events: dict[int, list[Event]] = {}
    sums: dict[int, int] = {}
    found = FundingEvent.objects.filter(line__in=lines_of(contract)).order_by("line", "on", "pk")
    for line, whole, kind, cents, on, pk in found.values_list(
        "line_id", "line__amount_cents", "kind", "amount_cents", "on", "pk"
    ):
        sums[line] = whole
        events.setdefault(line, []).append(Event(kind, cents, on, pk))
    return {line: left_of(sums[line], told) for line, told in events.items()}


def _years(contract: Contract, rows: Iterable[Row]) -> list[int]:
    """The years of the contract, and those of its lines."""
    first, last = (int(year) for year in contract.generation.split("-"))
    starts: date | None = contract.in_force_on or contract.signed_on
    first = starts.year if starts else first
    last = contract.ends_on.year if contract.ends_on else last
    return sorted({*range(first, last + 1), *(year for row in rows for year in row.cells)})


def line_of(contract: Contract, pk: int) -> FundingLine | None:
    """One line of the maquette with what its page shows."""
    found = lines_of(contract).filter(pk=pk)
    return (
        found.select_related("territory", "objective", "action", "source", "organisation")
        .prefetch_related("events")
        .first()
    )


def places_of(contract: Contract) -> QuerySet[Territory]:
    """Where a line may hang: who bears the contract first, then its neighbourhoods."""
    bearers = contract.bearers.filter(territory__isnull=False).values("territory")
    quarters = contract.neighbourhood_links.filter(rejected=False).values("neighbourhood")
    found = Territory.objects.filter(Q(pk__in=bearers) | Q(pk__in=quarters))
    wider = Case(When(kind=Territory.Kind.NEIGHBOURHOOD, then=1), default=0)
    return found.order_by(wider, "sort_key", "code")
