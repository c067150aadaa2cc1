"""Money of the year by origin and level: never added across either; freezes and cuts stand apart."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, FilteredRelation, Q

from faubourg.contracts.models import Contract, FundingEvent, FundingLine

from .situation import quarters_of

ORIGINS = [origin.value for origin in FundingLine.Origin]
# What a report tells of an event.
EVENT = ("pk", "kind", "amount_cents", "on", "act", "reason")
LADDER = [level.value for level in FundingLine.Level]


def _lines(contract: Contract) -> Q:
    """Lines of the contract, and those that hang on its neighbourhoods without naming a contract."""
    on_quarters = Q(contract__isnull=True, territory__in=quarters_of(contract))
    return Q(contract=contract) | on_quarters


def lines_and_events(contract: Contract, year: int) -> list[tuple[FundingLine, FundingEvent | None]]:
    """The lines of the year, and those that something moved in the year with each event; one query."""
    found = (
        FundingLine.objects.filter(_lines(contract))
        .annotate(
            moved=FilteredRelation(
                "events", condition=Q(events__on__range=(f"{year}-01-01", f"{year}-12-31"))
            )
        )
        .filter(Q(year=year) | Q(moved__isnull=False))
        .select_related("territory", "source")
        .annotate(**{f"moved_{name}": F(f"moved__{name}") for name in EVENT})
        .order_by("funder", "label", "pk", "moved__on", "moved__pk")
    )
    return [(line, _event(line)) for line in found]


def _event(line: Any) -> FundingEvent | None:
    if line.moved_pk is None:
        return None
    return FundingEvent(line=line, **{name: getattr(line, f"moved_{name}") for name in EVENT})


def money(read: Sequence[tuple[FundingLine, FundingEvent | None]], year: int) -> list[dict[str, Any]]:
    """One entry an origin and level, in cents; the droit commun first, then up the ladder."""
    groups: dict[tuple[str, str], list[FundingLine]] = {}
    for line in dict.fromkeys(line for line, _event in read if line.year == year):
        groups.setdefault((line.origin, line.level), []).append(line)
    return [
        {
            "origin": origin,
            "level": level,
            "total_cents": sum(line.amount_cents for line in groups[origin, level]),
            "lines": [_line(line) for line in groups[origin, level]],
        }
        for origin, level in sorted(groups, key=lambda key: (ORIGINS.index(key[0]), LADDER.index(key[1])))
    ]


def _line(line: FundingLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "funder": line.funder,
        "nature": line.nature,
        "amount_cents": line.amount_cents,
        "place": line.territory.name,
        "source": {"slug": line.source_id, "title": line.source.title} if line.source else None,
    }


def events(read: Sequence[tuple[FundingLine, FundingEvent | None]]) -> list[dict[str, Any]]:
    """Freezes, releases and cuts of the year, each on its own line, never taken from a total."""
    found = [event for _line, event in read if event is not None]
    return [
        {
            "kind": event.kind,
            "amount_cents": event.amount_cents,
            "on": event.on.isoformat(),
            "act": event.act,
            "reason": event.reason,
            "label": event.line.label,
            "funder": event.line.funder,
            "line_year": event.line.year,
            "level": event.line.level,
        }
        for event in sorted(found, key=lambda event: (event.on, event.pk))
    ]
