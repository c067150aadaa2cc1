"""Money by place, by level, by origin, by year: levels and origins are never added together."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from faubourg.contracts.models import Contract, FundingLine
from faubourg.rules.money_ladder import ORIGINS, UNSTATED, rank
from faubourg.territories.models import Territory

# What a line says of itself.
LINE_FIELDS = ("level", "origin", "year", "funder", "label", "amount_cents")
# With where a line comes from, as the sheet of a place says it.
SHOWN_FIELDS = (*LINE_FIELDS, "territory_id", "note", "added_by", "source__title", "source__publisher")


@dataclass(frozen=True, slots=True)
class LevelOfMoney:
    """The lines of one level and one origin in one year, their sum in cents."""

    level: str
    label: str
    origin: str
    year: int
    lines: tuple[FundingLine, ...]
    total_cents: int

    @property
    def territory(self) -> Territory:
        """Where the money hangs; the same for every line of a group made by `money_at`."""
        return self.lines[0].territory


def money_of(
    contract: Contract, neighbourhood_ids: list[int], *, own: bool = True, bare: bool = False
) -> list[LevelOfMoney]:
    """Lines of the contract, unless not `own`, and those hung on its neighbourhoods, by level then year.

    `bare`: without their places and sources, for who writes the lines alone.
    """
    here = FundingLine.objects.filter(territory__in=neighbourhood_ids)
    if not own:
        return _by_level(here.filter(Q(contract=None) | ~Q(contract=contract)))
    every = here | FundingLine.objects.filter(contract=contract)
    return _by_level(list(every.only(*LINE_FIELDS)) if bare else every)


def money_at(places: Iterable[Territory]) -> list[LevelOfMoney]:
    """Lines hung on these places themselves, each place apart, by level then year; one query."""
    known = {place.pk: place for place in places}
    lines = FundingLine.objects.filter(territory__in=known).select_related("source").only(*SHOWN_FIELDS)
    by_place: dict[int, list[FundingLine]] = {}
    for line in lines:
        line.territory = known[line.territory_id]
        by_place.setdefault(line.territory_id, []).append(line)
    return [level for found in by_place.values() for level in _by_level(found)]


def _by_level(lines: QuerySet[FundingLine] | list[FundingLine]) -> list[LevelOfMoney]:
    found = lines.select_related("territory", "source") if isinstance(lines, QuerySet) else lines
    groups = []
    for (_rank, _origin, year), together in groupby(
        sorted(found, key=_place), key=lambda line: _place(line)[:3]
    ):
        same = tuple(together)
        groups.append(
            LevelOfMoney(
                level=same[0].level,
                label=same[0].get_level_display(),
                origin=same[0].get_origin_display() if same[0].origin != UNSTATED else "",
                year=year,
                lines=same,
                total_cents=sum(line.amount_cents for line in same),
            )
        )
    return groups


def _place(line: FundingLine) -> tuple[int, int, int, str]:
    return rank(line.level), ORIGINS.index(line.origin), line.year, line.funder
