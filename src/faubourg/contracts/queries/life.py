"""The life of a contract in one question to the database: what it promises, who signed, what residents ask.

Every kind of row comes through one union, so that the overview costs the same whatever a contract holds.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    F,
    Max,
    Min,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from faubourg.contracts.models import (
    Action,
    Analysis,
    Body,
    Commitment,
    Contract,
    FundingLine,
    Interpellation,
    Meeting,
    Objective,
    Signatory,
)
from faubourg.rules.money_ladder import ORIGINS, rank
from faubourg.territories.models import SourceFinding

from .community import last_held

ABSENT = -1
COLUMNS = ("kind", "contract", "ref", "above", "rank", "label", "extra", "one", "other")


@dataclass(frozen=True, slots=True)
class LifeRow:
    """`label` names it; what `extra`, `one` and `other` hold depends on its kind (see the queries below)."""

    kind: str
    contract: int
    ref: int
    above: int
    rank: int
    label: str
    extra: str
    one: date | None
    other: date | None


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis and how many objectives it holds, at both ranks below."""

    label: str
    objectives: int


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """So many lines of the maquette at one level, of one origin; their sum in cents, first and last year."""

    level: str
    origin: str
    count: int
    cents: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Life:
    """What one contract promises and how it is kept; parties are signed, refused (with reason) or awaited."""

    contract: Contract
    rows: tuple[LifeRow, ...]

    def of(self, kind: str) -> list[LifeRow]:
        """The rows of one kind, in their order."""
        return [row for row in self.rows if row.kind == kind and row.contract == self.contract.pk]

    @property
    def followed(self) -> bool:
        """Whether its life is kept here, or it is only known from a published list."""
        told = {"party", "objective", "commitment", "question", "action", "meeting"}
        return bool(self.contract.state) or any(
            row.kind in told and row.contract == self.contract.pk for row in self.rows
        )

    @property
    def axes(self) -> list[Axis]:
        """Its axes in their order."""
        objectives = self.of("objective")
        parents = {row.ref: row.above for row in objectives}
        roots = [row for row in objectives if row.extra == Objective.Rank.AXIS]
        held = Counter(_root(row.above, parents) for row in objectives if row.above)
        return [Axis(row.label, held[row.ref]) for row in roots]

    @property
    def actions(self) -> list[tuple[str, int]]:
        """How many actions in each state, in the order of an action's life."""
        counted = {row.extra: row.ref for row in self.of("action")}
        return [(str(state.label), counted[state]) for state in Action.State if state in counted]

    @property
    def money(self) -> list[MoneyTotal]:
        """The maquette by level then origin, which are never added together."""
        found = []
        for row in self.of("money"):
            level, origin = row.extra.split(":")
            found.append(MoneyTotal(level, origin, row.ref, int(row.label), row.above, row.rank))
        return sorted(found, key=lambda total: (rank(total.level), ORIGINS.index(total.origin)))

    @property
    def signed(self) -> int:
        """How many parties signed."""
        return sum(row.one is not None for row in self.of("party"))

    @property
    def kept(self) -> int:
        """How many commitments are kept."""
        return sum(row.one is not None for row in self.of("commitment"))


def _root(ref: int, parents: dict[int, int]) -> int:
    seen = set()
    while parents.get(ref) and ref not in seen:
        seen.add(ref)
        ref = parents[ref]
    return ref


def life_of(contract: Contract) -> Life:
    """One query. The objectives of the contract before come too: its story is told on the same page."""
    pk = contract.pk
    public = Interpellation.objects.filter(contract=pk, published_on__isnull=False)
    analyses = Analysis.objects.filter(rows__contract=pk).distinct()
    first, *others = [
        _parties(pk),
        _objectives([pk, *([contract.predecessor_id] if contract.predecessor_id else [])]),
        _commitments(pk),
        _rows(public, kind=Value("question"), label=F("title"), extra=F("state"), one=F("published_on")),
        _rows(analyses, kind=Value("analysis"), label=F("title"), extra=F("slug"), contract=pk, ref=Value(0)),
        _rows(_findings(contract), kind=Value("finding"), label=F("sentence"), contract=pk),
        _actions(contract),
        _meetings(pk),
        _money(contract),
    ]
    rows = [LifeRow(*row) for row in first.union(*others, all=True)]
    return Life(contract, tuple(sorted(rows, key=lambda row: (row.kind, row.rank, row.ref))))


def _parties(contract: int) -> QuerySet[Any]:
    """`extra` is why it refused, `one` the day it signed, `other` the day it refused."""
    return _rows(
        Signatory.objects.filter(contract=contract),
        kind=Value("party"),
        label=F("name"),
        extra=F("refusal_reason"),
        one=F("signed_on"),
        other=F("refused_on"),
        rank=F("order"),
    )


def _objectives(contracts: list[int]) -> QuerySet[Any]:
    """`extra` is its rank, `above` the objective it hangs on."""
    return _rows(
        Objective.objects.filter(contract__in=contracts, withdrawn_on=None),
        kind=Value("objective"),
        label=F("title"),
        extra=F("rank"),
        above=Coalesce("parent", Value(0)),
        rank=F("order"),
    )


def _commitments(contract: int) -> QuerySet[Any]:
    """`extra` is the partner, `one` the day it was kept, `other` the day it is due."""
    return _rows(
        Commitment.objects.filter(contract=contract, dropped_on=None),
        kind=Value("commitment"),
        label=F("text"),
        extra=Coalesce("partner__name", "partner_printed"),
        one=F("kept_on"),
        other=F("due_on"),
    )


def _rows(found: QuerySet[Any], *, contract: int = 0, **columns: Any) -> QuerySet[Any]:
    """The nine columns of any model; a column that is not given is empty."""
    whole = {"label": Value(""), "extra": Value(""), "one": Value(None), "other": Value(None)}
    owner = Value(contract) if contract else F("contract_id")
    return _shaped(
        found, **whole | {"contract": owner, "ref": F("pk"), "above": Value(0), "rank": Value(0)} | columns
    )


def _shaped(found: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """The same types on both databases, whatever the model: a union of PostgreSQL asks for it."""
    number, text, day = BigIntegerField(), TextField(), DateField()
    types: dict[str, Any] = {
        "kind": text, "contract": number, "ref": number, "above": number, "rank": number,
        "label": text, "extra": text, "one": day, "other": day,
    }  # fmt: skip
    told = {f"life_{name}": Cast(columns[name], types[name]) for name in COLUMNS}
    return found.order_by().annotate(**told).values_list(*told)


def _findings(contract: Contract) -> QuerySet[SourceFinding]:
    refs = [contract.code, f"{contract.generation}/{contract.code}", f"{contract.generation}:{contract.code}"]
    return SourceFinding.objects.filter(source=contract.source_id, ref__in=refs)


def _actions(contract: Contract) -> QuerySet[Any]:
    """One row a state; `ref` counts them."""
    states = Action.objects.filter(contract=contract.pk).order_by().values("state").annotate(n=Count("pk"))
    return _rows(states, kind=Value("action"), extra=F("state"), contract=contract.pk, ref=F("n"))


def _meetings(contract: int) -> QuerySet[Any]:
    """The last of each community of actors: `extra` its body then the printed attendance, `one` its day."""
    bodies = Body.objects.filter(contract=contract, kind=Body.Kind.COMMUNITY, closed_on=None)
    last = bodies.annotate(last=Subquery(last_held("pk").values("pk")[:1])).values("last")
    return _rows(
        Meeting.objects.filter(pk__in=last),
        kind=Value("meeting"),
        contract=contract,
        label=F("title"),
        extra=Concat("body__name", Value("\n"), "printed_attendance"),
        one=TruncDate("starts_at"),
        above=Coalesce("present_count", Value(ABSENT)),
    )


def _money(contract: Contract) -> QuerySet[Any]:
    """One row a level and an origin; `label` is the sum, `ref` counts, `above` to `rank` are the years."""
    sums = FundingLine.objects.filter(contract=contract.pk).order_by().values("level", "origin")
    return _rows(
        sums.annotate(n=Count("pk"), cents=Sum("amount_cents"), first=Min("year"), last=Max("year")),
        kind=Value("money"),
        extra=Concat("level", Value(":"), "origin"),
        label=F("cents"),
        contract=contract.pk,
        ref=F("n"),
        above=F("first"),
        rank=F("last"),
    )
