"""Money of the year by origin and level: never added across either; freezes and cuts stand apart."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from faubourg.contracts.models import Contract, FundingEvent, FundingLine
from faubourg.territories.models import Territory

ORIGINS = [origin.value for origin in FundingLine.Origin]
LADDER = [level.value for level in FundingLine.Level]


def _lines(contract: Contract, quarters: Sequence[Territory]) -> Q:
    """Lines of the contract, and those that hang on its neighbourhoods without naming a contract."""
    on_quarters = Q(contract__isnull=True, territory__in=[place.pk for place in quarters])
    return Q(contract=contract) | on_quarters


def money(contract: Contract, quarters: Sequence[Territory], year: int) -> list[dict[str, Any]]:
    """One entry an origin and level, in cents; the droit commun first, then up the ladder."""
    lines = FundingLine.objects.filter(_lines(contract, quarters), year=year)
    groups: dict[tuple[str, str], list[FundingLine]] = {}
    for line in lines.select_related("territory", "source").order_by("funder", "label", "pk"):
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


def events(contract: Contract, quarters: Sequence[Territory], year: int) -> list[dict[str, Any]]:
    """Freezes, releases and cuts of the year, each on its own line, never taken from a total."""
    ours: QuerySet[FundingLine] = FundingLine.objects.filter(_lines(contract, quarters))
    found = FundingEvent.objects.filter(line__in=ours, on__year=year).select_related("line")
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
        for event in found.order_by("on", "pk")
    ]
